using Fal;

namespace KlingGen.Cli.Pull;

/// <summary>
/// The path of an endpoint's document below the folder of documents. Ids come from people and from a server, so nothing
/// but a plain id becomes a path.
/// </summary>
internal static class SpecPath
{
    /// <returns>The path with forward slashes; null, with the reason, for what must not become one.</returns>
    public static string? ForEndpoint(string id, out string reason)
    {
        reason = "";
        if (!FalEndpointId.TryParse(id, out _)) reason = "is not an endpoint id; one looks like fal-ai/kling-video/v1.6/standard/image-to-video";
        else if (id.EndsWith(".overlay", StringComparison.OrdinalIgnoreCase)) reason = "would be stored under the name of an overlay";
        else if (id.Split('/').Any(IsUnsafeName)) reason = "holds a part that some systems cannot store as a file name";
        return reason.Length == 0 ? id + ".json" : null;
    }

    /// <summary>Windows opens a device for these, drops a dot at the end, and hides what starts with one elsewhere.</summary>
    private static bool IsUnsafeName(string segment)
    {
        var stem = segment.Split('.')[0].ToUpperInvariant();
        return segment[0] == '.' || segment[^1] == '.' || stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && char.IsAsciiDigit(stem[3])
                && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }
}
