using System.Globalization;

namespace KlingGen.Cli.Common;

/// <summary>Times as one types them: <c>90</c>, <c>90s</c>, <c>10m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    /// <exception cref="ToolException">It is no time.</exception>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null) return null;
        var (number, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 's');
        double? seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
        if (seconds is { } factor && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * factor is > 0 and <= 3_888_000)
            return TimeSpan.FromSeconds(count * factor);
        throw new ToolException($"'{text}' is no time; write 90, 90s, 10m or 2h, up to 45 days.");
    }
}
