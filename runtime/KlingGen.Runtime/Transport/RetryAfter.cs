using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>Parses a server's <c>Retry-After</c>. Never throws, and never exceeds the cap.</summary>
internal static class RetryAfter
{
    private const int LongestText = 64;
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.");

    /// <summary>The pause in <c>Retry-After</c>; null if there is no valid one.</summary>
    public static TimeSpan? FromHeaders(HttpResponseHeaders headers, DateTimeOffset now, TimeSpan cap)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values)) return null;
        TimeSpan? longest = null;
        foreach (var value in values)
            if (Parse(value, now, cap) is { } pause && !(longest >= pause)) longest = pause;
        return longest;
    }

    /// <summary>Parses one value: seconds, with or without a decimal point, or an HTTP date.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now, TimeSpan cap)
    {
        // The culture of the machine must not decide: a comma culture would parse 1.234 as 1234.
        if (value is null || value.Length > LongestText) return null;
        var text = value.AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (!text.ContainsAnyExcept(NumberChars))
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return null;
            return seconds >= cap.TotalSeconds ? cap : TimeSpan.FromSeconds(seconds);
        }
        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        var pause = date - now;
        if (pause < TimeSpan.Zero) return TimeSpan.Zero;
        return pause > cap ? cap : pause;
    }
}
