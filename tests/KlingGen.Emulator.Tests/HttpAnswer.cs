using System.Text.Json;

namespace Fal.Emulation.Tests;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record HttpAnswer(int StatusCode, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}
