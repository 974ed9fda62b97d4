using Fal.KlingVideo;
using Fal.Testing;
using NSubstitute;

namespace KlingGen.Samples;

internal static class UnitTests
{
    public static KlingVideoV26ProTextToVideoClient Mocked(TextToVideoV26ProOutput result)
    {
        var client = Substitute.For<KlingVideoV26ProTextToVideoClient>();
        client.RunAsync(Arg.Any<TextToVideoV26ProRequest>()).ReturnsForAnyArgs(result);
        return client;
    }

    public static async Task InMemoryAsync(TextToVideoV26ProOutput result)
    {
        using var fal = FalTesting.CreateClient(run => run.InQueue(2).InProgress("Loading").Complete(result, billableUnits: 5));
        await new KlingVideoV26ProTextToVideoClient(fal).RunAsync(new() { Prompt = "A heron at dawn." });
    }
}
