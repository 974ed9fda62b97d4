using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Generates numbers and strings within a schema's constraints. Patterns are ignored, because no output of fal has one.
/// </summary>
internal sealed class ScalarMaker(Random random)
{
    private const double UsualSpan = 100;

    public JsonNode Number(SchemaView schema)
    {
        var (low, high) = Range(schema, step: 0);
        var value = Math.Clamp(Math.Round(low + (high - low) * random.NextDouble(), 3), low, high);
        return schema.Largest("multipleOf") is > 0 and var factor ? Multiple(low, high, factor) : value;
    }

    public JsonNode Integer(SchemaView schema)
    {
        var (low, high) = Range(schema, step: 1);
        var factor = schema.Largest("multipleOf") is > 0 and var step ? step : 1;
        return (long)Multiple(Math.Ceiling(low), Math.Floor(high), factor);
    }

    public string Text(SchemaView schema, string name)
    {
        var text = schema.Text("format") switch
        {
            "date-time" => "2026-01-01T12:00:00Z",
            "date" => "2026-01-01",
            "time" => "12:00:00Z",
            "uuid" => Uuid(),
            "email" => "someone@example.com",
            "ipv4" => "192.0.2.1",
            "byte" => "ZmFs",
            _ => $"{(name.Length == 0 ? "text" : name)} made by the emulator",
        };
        var most = (int)Math.Min(schema.Smallest("maxLength") ?? int.MaxValue, int.MaxValue);
        var least = (int)Math.Min(schema.Largest("minLength") ?? 0, 1_000_000);
        if (text.Length > most) text = text[..most];
        return text.Length < least ? text.PadRight(least, '.') : text;
    }

    private string Uuid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private double Multiple(double low, double high, double factor)
    {
        var first = Math.Ceiling(low / factor);
        var count = Math.Max(0, Math.Floor(high / factor) - first);
        return (first + Math.Floor((Math.Min(count, UsualSpan) + 1) * random.NextDouble())) * factor;
    }

    // An exclusive bound is a number in newer documents, and a boolean beside the inclusive bound in older ones.
    private static (double Low, double High) Range(SchemaView schema, double step)
    {
        var low = schema.Largest("minimum");
        var high = schema.Smallest("maximum");
        var above = IsMarked("exclusiveMinimum") ? low : schema.Largest("exclusiveMinimum");
        var below = IsMarked("exclusiveMaximum") ? high : schema.Smallest("exclusiveMaximum");
        low = Later(low, above);
        high = Earlier(high, below);
        var start = low ?? Math.Min(0, (high ?? UsualSpan) - UsualSpan);
        var end = high ?? Math.Max(start, 0) + UsualSpan;
        var margin = step > 0 ? step : (end - start) / 1000;
        if (above is not null && above == low) start += margin;
        if (below is not null && below == high) end -= margin;
        return (start, Math.Max(start, end));

        bool IsMarked(string keyword) => schema.All(keyword).Any(word => word.GetValueKind() == System.Text.Json.JsonValueKind.True);
        static double? Later(double? first, double? second) => first > second || second is null ? first : second;
        static double? Earlier(double? first, double? second) => first < second || second is null ? first : second;
    }
}
