using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>What a request says about how long a file is kept: the header as it came, and the lifetime in it.</summary>
internal sealed record FileLifecycle(string Text, TimeSpan? Lifetime)
{
    // The first is for files that are uploaded, the second for those that a job makes; fal's own clients send both with an upload.
    private static readonly string[] Names = ["X-Fal-Object-Lifecycle", "X-Fal-Object-Lifecycle-Preference"];

    /// <summary>Reads what a request says; null if it says nothing. What cannot be understood limits nothing.</summary>
    public static FileLifecycle? FromHeaders(IHeaderDictionary headers)
        => Names.Select(name => Read(headers[name].ToString())).FirstOrDefault(read => read is not null);

    private static FileLifecycle? Read(string header)
    {
        if (header.Length == 0) return null;
        try
        {
            // 0 is what fal takes for "no end".
            var said = (JsonNode.Parse(header) as JsonObject)?["expiration_duration_seconds"] as JsonValue;
            var seconds = said is not null && said.TryGetValue<double>(out var number) ? number : 0;
            return new(header, seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null);
        }
        catch (JsonException)
        {
            return new(header, null);
        }
    }
}
