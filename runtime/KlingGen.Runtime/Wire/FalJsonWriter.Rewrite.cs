using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Fal.Wire;

// JSON from elsewhere, and what only display and comparison need.
public sealed partial class FalJsonWriter
{
    // An element may come from a document that was read leniently and deeply; what is written is strict again.
    private static readonly JsonReaderOptions Lenient
        = new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

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

    /// <summary>Writes JSON token by token, so that its white space and comments are gone.</summary>
    private void Rewrite(ReadOnlySpan<byte> json)
    {
        _unordered = true;
        var reader = new Utf8JsonReader(json, Lenient);
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
                case JsonTokenType.PropertyName when IsCanonical(ref reader):
                    StartMember(reader.ValueSpan, 0);
                    break;
                case JsonTokenType.PropertyName:
                    Name(FalJsonText.Of(ref reader));
                    break;
                case JsonTokenType.String when IsCanonical(ref reader) && _mode != FalJsonMode.Display:
                    WordValue(reader.ValueSpan);
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

    /// <summary>Whether a text token has no escapes and is valid UTF-8, so that its bytes are what this writer would write.</summary>
    private static bool IsCanonical(ref Utf8JsonReader reader) => !reader.ValueIsEscaped && Utf8.IsValid(reader.ValueSpan);
}
