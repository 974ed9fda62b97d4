using System.Text.Json;

namespace Fal.Emulation;

/// <summary>
/// The text that made pictures and videos show, so that they are not taken for a model's: the endpoint, and the beginning of the prompt.
/// </summary>
internal readonly record struct MediaMark(string Endpoint, string Prompt)
{
    private const int LongestPrompt = 100;

    /// <summary>No text.</summary>
    public static readonly MediaMark None = new("", "");

    /// <summary>The mark of a request.</summary>
    public static MediaMark FromInput(string endpoint, JsonElement input)
    {
        var prompt = input.ValueKind == JsonValueKind.Object && input.TryGetProperty("prompt", out var text)
            && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return new MediaMark(endpoint, prompt.Length <= LongestPrompt ? prompt : prompt[..LongestPrompt]);
    }
}
