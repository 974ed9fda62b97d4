using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;

namespace Fal;

/// <summary>Reads a server's wish to be left alone for a while. Never throws, whatever the server wrote, and never exceeds the cap.</summary>
internal static class RetryAfter
{
    private const int LongestText = 64;
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.");

    /// <summary>The pause that <c>Retry-After</c> asks for; null if there is no readable one.</summary>
    public static TimeSpan? FromHeaders(HttpResponseHeaders headers, DateTimeOffset now, TimeSpan cap)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values)) return null;
        TimeSpan? longest = null;
        foreach (var value in values)
            if (Parse(value, now, cap) is { } pause && !(longest >= pause)) longest = pause;
        return longest;
    }

    /// <summary>One value: seconds, whole or with a decimal point, or a date as HTTP writes it.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now, TimeSpan cap)
    {
        // A number is read by hand-picked rules: the culture of the machine would turn 1.234 into 1234 in half of Europe.
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
