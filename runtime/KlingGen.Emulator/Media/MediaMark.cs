using System.Text.Json;

namespace Fal.Emulation;

/// <summary>
/// The text in generated images and videos, which shows that they are not from a model: the endpoint, and the beginning of the prompt.
/// </summary>
internal readonly record struct MediaMark(string Endpoint, string Prompt)
{
    private const int LongestPrompt = 100;

    /// <summary>No text.</summary>
    public static readonly MediaMark None = new("", "");

    /// <summary>Creates the text for a request.</summary>
    public static MediaMark FromInput(string endpoint, JsonElement input)
    {
        var prompt = input.ValueKind == JsonValueKind.Object && input.TryGetProperty("prompt", out var text)
            && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return new MediaMark(endpoint, prompt.Length <= LongestPrompt ? prompt : prompt[..LongestPrompt]);
    }
}
