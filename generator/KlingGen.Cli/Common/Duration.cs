using System.Globalization;

namespace KlingGen.Cli.Common;

/// <summary>Times as one types them: <c>90</c>, <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>7d</c>.</summary>
internal static class Duration
{
    /// <exception cref="ToolException">It is no time.</exception>
    public static TimeSpan? Parse(string? text, int mostDays = 45)
    {
        if (text is null) return null;
        var (number, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 's');
        double? seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => null };
        if (seconds is { } factor && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * factor is var length and > 0 && length <= mostDays * 86_400d)
            return TimeSpan.FromSeconds(length);
        throw new ToolException(FormattableString.Invariant($"'{text}' is not a duration; write 90, 90s, 10m, 2h or 7d, up to {mostDays} days."));
    }
}
