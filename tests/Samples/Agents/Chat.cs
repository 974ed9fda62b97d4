using System.Drawing;
using Fal;
using Microsoft.Extensions.AI;

namespace KlingGen.Samples;

internal static class Chat
{
    public static async Task<string> AskAsync(IChatClient model, FalClient fal)
    {
        var video = fal.KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(new()
        {
            MaxCost = 5,                                   // of all calls together, in USD
            MaxCalls = 3,
        });
        using var chat = model.AsBuilder().UseFunctionInvocation().UseOpenTelemetry().Build();
        var answer = await chat.GetResponseAsync("Make a video of a heron at dawn.", new() { Tools = [video] });
        return answer.Text;
    }

    public static AIFunction WithApproval(FalClient fal) =>
        fal.KlingVideo().V2_1.Master.TextToVideo.AsAIFunction(new()
        {
            MaxCost = 20,
            Approve = (call, stop) => AskUserAsync($"{call.EndpointId} for {call.Cost}?", stop),
        });

    public static async Task ImageAsync(FalClient fal)
    {
        using var images = fal.KlingImage().V3.TextToImage.AsImageGenerator(new() { Deadline = TimeSpan.FromMinutes(2) });
        var response = await images.GenerateAsync(new("A teapot."), new() { Count = 2, ImageSize = new Size(1920, 1080), MediaType = "image/png" });
        foreach (var image in response.Contents.OfType<UriContent>()) Console.WriteLine(image.Uri);
    }

    public static async Task SpeechAsync(FalClient fal)
    {
        using var speech = fal.KlingVideo().V1.Tts.AsTextToSpeechClient();
        var response = await speech.GetAudioAsync("The museum closes in half an hour.", new() { VoiceId = "uk_man2", Speed = 1.2f });
        Console.WriteLine(response.Contents.OfType<UriContent>().First().Uri);
    }

    public static AIFunction WithoutDocument(FalClient fal) =>
        fal.Endpoint("fal-ai/flux/dev").AsAIFunction(
            """{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}""",
            new() { MaxCalls = 3 });

    private static ValueTask<bool> AskUserAsync(string question, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Console.Write(question + " [y/N] ");
        return new(Console.ReadLine() == "y");
    }
}
