using System;
using System.Text;

namespace KlingGen.Analyzers.Usage;

/// <summary>
/// The grammar of endpoint ids, with the verdicts and the words of the runtime's <c>FalEndpointId.Parse</c>, which throws what is reported
/// here.
/// </summary>
internal static class EndpointIdText
{
    private const int LongestSegment = 128;
    private const int LongestId = 512;
    private const int LongestShown = 80;

    private const string Expected = "expected owner/alias or owner/alias/path, such as fal-ai/kling-video/v1.6/standard/image-to-video.";

    /// <returns>Null for an endpoint id.</returns>
    public static string? ProblemOf(string text)
    {
        if (text.Length > LongestId) return $"it is longer than {LongestId} characters.";
        var segments = text.Split('/');
        foreach (var segment in segments)
        {
            if (IsSegment(segment)) continue;
            if (text.IndexOf("://", StringComparison.Ordinal) >= 0) return "give the id alone, without a host.";
            return segment.Length > 0 ? "only letters, digits and '-', '_', '.', '~' may stand between its slashes." : Expected;
        }

        if (segments.Length == 1) return IsNumberedName(text) ? null : Expected;
        return segments.Length < (segments[0] is "workflows" or "comfy" ? 3 : 2) ? Expected : null;
    }

    /// <summary>The id as the exception shows it.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Length > LongestShown ? text.Substring(0, LongestShown) : text) shown.Append(c is >= ' ' and <= '~' ? c : '?');
        return text.Length > LongestShown ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The oldest form, digits and a name in one segment: <c>110602490-lumen</c>.</summary>
    private static bool IsNumberedName(string text)
    {
        var dash = text.IndexOf('-');
        if (dash <= 0 || dash == text.Length - 1) return false;
        for (var i = 0; i < dash; i++)
        {
            if (text[i] is < '0' or > '9') return false;
        }

        return true;
    }

    private static bool IsSegment(string segment)
    {
        if (segment.Length is 0 or > LongestSegment) return false;
        var onlyDots = true;
        foreach (var c in segment)
        {
            if (c is not (>= 'a' and <= 'z') and not (>= 'A' and <= 'Z') and not (>= '0' and <= '9') and not ('-' or '_' or '.' or '~')) return false;
            onlyDots &= c == '.';
        }

        return !onlyDots;
    }
}
