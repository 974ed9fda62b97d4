using System.Text.Json.Nodes;
using Fal.Emulation;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Official;

/// <summary>fal's own client takes the emulator's run host for fal's.</summary>
[Collection(OfficialClient.Collection)]
public sealed class RunTests(OfficialClient official) : IAsyncLifetime
{
    private static readonly object Order = new
    {
        endpoint = "fal-ai/kling-video/v1.6/standard/text-to-video",
        options = new { input = new { prompt = "Snow falls." } },
    };

    private FalEmulator _fal = null!;

    public async Task InitializeAsync()
    {
        _fal = await FalEmulator.StartAsync();
        _fal.Script.For("**", new FalEmulatedRun { QueuePositions = [], Duration = TimeSpan.Zero, Logs = ["50%", "100%"] });
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    [OfficialClientFact]
    public async Task A_direct_run_returns_the_result_with_its_request_id()
    {
        var answer = (await official.CallAsync(PlayedHosts.Of(_fal), "run", Order))!;

        Assert.Equal(_fal.Received.One(FalOperation.Run).RequestId, (string)answer["requestId"]!);
        Assert.Equal("video/mp4", (string)answer["data"]!["video"]!["content_type"]!);
    }

    [OfficialClientFact]
    public async Task A_model_that_streams_ends_with_its_result()
    {
        var events = new List<JsonNode>();
        var answer = (await official.CallAsync(PlayedHosts.Of(_fal), "stream", Order, events.Add))!;

        Assert.Equal(_fal.Received.One(FalOperation.RunStream).RequestId, (string)answer["requestId"]!);
        Assert.Equal("video/mp4", (string)answer["last"]!["video"]!["content_type"]!);
        Assert.Equal(answer["last"]!.ToJsonString(), events[^1].ToJsonString());
    }
}
