using System.Text.Json;
using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class NewModel(FalClient fal)
{
    public async Task<string?> WithoutDocumentAsync()
    {
        var input = JsonDocument.Parse("""{ "prompt": "A heron at dawn." }""").RootElement;
        var result = await fal.Endpoint("acme/lumen/text-to-image").RunAsync(input);
        return result.Json.GetProperty("images")[0].GetProperty("url").GetString();
    }

    public ProImageToVideoRequest WithNewProperty(FalMedia picture) => new()
    {
        Prompt = "Snow falls while a car drives off.",
        ImageUrl = picture,
        Extra = new() { { "new_flag", true } },
    };
}
