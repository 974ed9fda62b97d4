using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Fal;

/// <summary>
/// The id of an endpoint: <c>owner/alias</c>, <c>owner/alias/path</c>, or either after one of the namespaces <c>workflows</c>
/// and <c>comfy</c>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalEndpointId
{
    private const int LongestSegment = 128;
    private const int LongestId = 512;

    private readonly string _text;

    private FalEndpointId(string? space, string owner, string alias, string path)
    {
        Namespace = space;
        Owner = owner;
        Alias = alias;
        Path = path;
        App = space is null ? $"{owner}/{alias}" : $"{space}/{owner}/{alias}";
        _text = path.Length == 0 ? App : $"{App}/{path}";
    }

    /// <summary><c>workflows</c>, <c>comfy</c>, or null for an ordinary endpoint.</summary>
    public string? Namespace { get; }

    /// <summary>The owner of the app: <c>fal-ai</c>.</summary>
    public string Owner { get; }

    /// <summary>The name of the app: <c>kling-video</c>.</summary>
    public string Alias { get; }

    /// <summary>The path after the app: <c>v1.6/standard/image-to-video</c>; empty if there is none.</summary>
    public string Path { get; }

    /// <summary>The app's part of the URL of a queued request, without <see cref="Path"/>: <c>fal-ai/kling-video</c>.</summary>
    public string App { get; }

    /// <summary>Parses an id.</summary>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public static FalEndpointId Parse(string endpointId)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        return Read(endpointId, out var problem)
            ?? throw new ArgumentException($"'{Shown(endpointId)}' is not an endpoint id: {problem}", nameof(endpointId));
    }

    /// <summary>Parses an id; returns false if the string is not an endpoint id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? endpointId, [NotNullWhen(true)] out FalEndpointId? result)
    {
        result = endpointId is null ? null : Read(endpointId, out _);
        return result is not null;
    }

    /// <summary>The whole id, as fal writes it.</summary>
    public override string ToString() => _text;

    /// <summary>Whether a string can be a segment of a URL path without changing its meaning.</summary>
    internal static bool IsSegment(ReadOnlySpan<char> segment)
    {
        if (segment.Length is 0 or > LongestSegment) return false;
        var onlyDots = true;
        foreach (var c in segment)
        {
            // A proxy or server may cut or decode any other character, or read it as a slash or as a parent directory.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '~')) return false;
            onlyDots &= c == '.';
        }
        return !onlyDots;
    }

    private static FalEndpointId? Read(string text, out string problem)
    {
        problem = "expected owner/alias or owner/alias/path, such as fal-ai/kling-video/v1.6/standard/image-to-video.";
        if (text.Length > LongestId)
        {
            problem = $"it is longer than {LongestId} characters.";
            return null;
        }
        var segments = text.Split('/');
        foreach (var segment in segments)
        {
            if (IsSegment(segment)) continue;
            if (text.Contains("://", StringComparison.Ordinal)) problem = "give the id alone, without a host.";
            else if (segment.Length > 0) problem = "only letters, digits and '-', '_', '.', '~' may stand between its slashes.";
            return null;
        }
        if (segments.Length == 1)
        {
            // The oldest form, digits-name, has owner and app in one segment.
            var dash = text.IndexOf('-', StringComparison.Ordinal);
            if (dash <= 0 || dash == text.Length - 1 || text.AsSpan(0, dash).ContainsAnyExceptInRange('0', '9')) return null;
            return new FalEndpointId(null, text[..dash], text[(dash + 1)..], "");
        }
        var first = segments[0] is "workflows" or "comfy" ? 1 : 0;
        if (segments.Length < first + 2) return null;
        return new FalEndpointId(first == 1 ? segments[0] : null, segments[first], segments[first + 1], string.Join('/', segments[(first + 2)..]));
    }

    /// <summary>A string for a message: shortened, and without characters that a log could misread.</summary>
    internal static string Shown(string text)
    {
        var shown = Array.ConvertAll(text[..Math.Min(text.Length, 80)].ToCharArray(), static c => c is >= ' ' and <= '~' ? c : '?');
        return text.Length > 80 ? new string(shown) + "…" : new string(shown);
    }
}
