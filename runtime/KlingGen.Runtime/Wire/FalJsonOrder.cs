using System.Text.Json;

namespace Fal.Wire;

/// <summary>Equality and hashes of JSON, independent of the order of properties.</summary>
internal static class FalJsonOrder
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether two JSON strings in comparison form are equal, except for the order of properties.</summary>
    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        => left.Length == right.Length && Sorted(Parse(left)) == Sorted(Parse(right));

    /// <summary>Returns a hash of all scalars, independent of their positions.</summary>
    public static int Hash(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        var sum = 0;
        while (reader.Read())
        {
            var token = new HashCode();
            token.Add(reader.TokenType);
            token.AddBytes(reader.ValueSpan);
            sum += token.ToHashCode();
        }

        return sum;
    }

    // The lengths of names and the brackets keep different JSON apart.
    private static string Sorted(JsonElement json)
    {
        var parts = new List<string>();
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject()) parts.Add($"{member.Name.Length}:{member.Name}:{Sorted(member.Value)}");
                parts.Sort(StringComparer.Ordinal);
                return $"{{{string.Join(',', parts)}}}";
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray()) parts.Add(Sorted(item));
                return $"[{string.Join(',', parts)}]";
            default:
                return json.GetRawText();
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        return JsonElement.ParseValue(ref reader);
    }
}
