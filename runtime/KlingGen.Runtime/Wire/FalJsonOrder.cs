using System.Text.Json;

namespace Fal.Wire;

/// <summary>Equality and hashes of JSON, independent of the order of properties.</summary>
internal static class FalJsonOrder
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether two JSON strings in comparison form are equal, except for the order of properties.</summary>
    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        => left.Length == right.Length && Same(Parse(left), Parse(right));

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

    private static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
            return false;
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                return SameMembers(left, right);
            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength()
                    && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => Same(pair.First, pair.Second));
            default:
                return left.GetRawText() == right.GetRawText();
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        return JsonElement.ParseValue(ref reader);
    }

    private static bool SameMembers(JsonElement left, JsonElement right)
    {
        var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in right.EnumerateObject())
            others[member.Name] = member.Value;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in left.EnumerateObject())
        {
            names.Add(member.Name);
            if (!others.TryGetValue(member.Name, out var other) || !Same(member.Value, other))
                return false;
        }

        return names.Count == others.Count;
    }
}
