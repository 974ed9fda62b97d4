using Fal;
using Fal.Emulation;
using Fal.KlingVideo;

namespace KlingGen.Benchmarks;

/// <summary>An emulator of one endpoint whose jobs take no time, and a request for it.</summary>
internal static class EmulatedJobs
{
    public const string EndpointId = "fal-ai/kling-video/v1.6/standard/image-to-video";

    public static ImageToVideoRequest Request { get; } = new()
    {
        Prompt = "Snow falls while the car drives off.",
        ImageUrl = "https://files.example.com/car.png",
        Duration = Duration5Or10.Duration5,
        CfgScale = 0.5,
    };

    /// <summary>The endpoint's client.</summary>
    public static KlingVideoV16StandardImageToVideoClient EndpointOf(FalClient client) => new(client);

    public static async Task<FalEmulator> StartAsync(int mostKept = 10_000)
    {
        var emulator = await FalEmulator.StartAsync(new FalEmulatorOptions { MostKept = mostKept });
        emulator.Script.For("**", FalEmulatedRun.Instant);
        return emulator;
    }
}
