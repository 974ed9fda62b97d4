using System.Globalization;
using System.Text.Json;

namespace Fal.Wire;

// What only display and comparison need.
public sealed partial class FalJsonWriter
{
    private bool _unordered;
    private List<FalMedia>? _identities;

    /// <summary>Whether some object's members stand in an order that means nothing: maps, extras, free-form JSON.</summary>
    internal bool Unordered => _unordered;

    /// <summary>Media met by this writer and by others that share the list are the same if they are equal.</summary>
    internal void ShareIdentities(List<FalMedia> identities) => _identities = identities;

    private string IdentityOf(FalMedia media)
    {
        if (_identities is null)
            return $"<media {media.GetHashCode().ToString("x8", CultureInfo.InvariantCulture)}>";
        var index = _identities.IndexOf(media);
        if (index < 0)
        {
            index = _identities.Count;
            _identities.Add(media);
        }

        return $"<media {index.ToString(CultureInfo.InvariantCulture)}>";
    }

    /// <summary>Writes JSON anew, so that its white space and escapes do not matter and its long texts are shortened.</summary>
    private void Rewrite(ReadOnlySpan<byte> json)
    {
        _unordered = true;
        var reader = new Utf8JsonReader(json, FalJsonReader.Options);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    StartObject();
                    break;
                case JsonTokenType.EndObject:
                    EndObject();
                    break;
                case JsonTokenType.StartArray:
                    StartArray();
                    break;
                case JsonTokenType.EndArray:
                    EndArray();
                    break;
                case JsonTokenType.PropertyName:
                    Name(FalJsonText.Of(ref reader));
                    break;
                case JsonTokenType.String:
                    StringValue(FalJsonText.Of(ref reader));
                    break;
                default:
                    Separate(reader.ValueSpan.Length);
                    Literal(reader.ValueSpan);
                    break;
            }
        }
    }
}
