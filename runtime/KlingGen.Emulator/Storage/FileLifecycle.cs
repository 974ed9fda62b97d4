using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>The lifetime that a request sets for a file: the unparsed header, and the parsed lifetime.</summary>
internal sealed record FileLifecycle(string Text, TimeSpan? Lifetime)
{
    // The first is for uploaded files, the second for files that a job generates; fal's own clients send both with an upload.
    private static readonly string[] Names = ["X-Fal-Object-Lifecycle", "X-Fal-Object-Lifecycle-Preference"];

    /// <summary>Parses the headers of a request; null if it has none. An invalid value sets no lifetime.</summary>
    public static FileLifecycle? FromHeaders(IHeaderDictionary headers)
        => Names.Select(name => Read(headers[name].ToString())).FirstOrDefault(read => read is not null);

    private static FileLifecycle? Read(string header)
    {
        if (header.Length == 0) return null;
        // 0 means no expiry, as at fal.
        var member = JsonBody.Parse(header)?["expiration_duration_seconds"] as JsonValue;
        var seconds = member is not null && member.TryGetValue<double>(out var number) ? number : 0;
        return new(header, seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null);
    }
}
