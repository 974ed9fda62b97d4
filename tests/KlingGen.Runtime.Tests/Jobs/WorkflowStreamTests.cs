using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Jobs;

/// <summary>Streams of workflows, whose result is the output of an event and not the event itself.</summary>
public sealed class WorkflowStreamTests : CanaryTest
{
    private const string Submit = """{"type":"submit","node_id":"n1","app_id":"acme/lumen","request_id":"r-1"}""";
    private const string Completion = """{"type":"completion","node_id":"n1","output":{"step":1}}""";
    private const string Output = """{"type":"output","output":{"clip":{"url":"https://v3.fal.media/files/clip.mp4"}}}""";

    [Fact]
    public async Task ReadWorkflowAsync_yields_typed_events_and_the_result_is_their_output()
    {
        using var fal = new TestFal(Canary);
        const string Later = """{"type":"later"}""";
        fal.Handler.Then(Replies.Events(
            Replies.Send($"data: {Submit}\n\ndata: {Completion}\n\n"), Replies.Send($"data: {Output}\n\ndata: {Later}\n\n")));
        var stream = Stream(fal);
        var events = new List<FalWorkflowEvent>();
        await foreach (var item in stream.ReadWorkflowAsync()) events.Add(item);

        Assert.Equal(
            [FalWorkflowEventKind.Submit, FalWorkflowEventKind.Completion, FalWorkflowEventKind.Output, FalWorkflowEventKind.Unknown],
            events.Select(item => item.Kind));
        Assert.Equal(("n1", "acme/lumen", "r-1", null), (events[0].NodeId, events[0].EndpointId, events[0].RequestId, events[0].Output));
        Assert.Equal(1, events[1].Output!.Value.GetProperty("step").GetInt32());
        Assert.Equal("later", events[3].Json.GetProperty("type").GetString());
        Assert.Equal(("Submit n1", "Output"), (events[0].ToString(), events[2].ToString()));
        Assert.Equal("""{"clip":{"url":"https://v3.fal.media/files/clip.mp4"}}""", (await stream.GetResultAsync()).Json.GetRawText());
        Assert.Equal("POST https://fal.run/workflows/acme/story/stream", fal.Handler.Request.ToString());
    }

    [Fact]
    public async Task GetResultAsync_throws_for_an_error_event()
    {
        using var fal = new TestFal(Canary);
        const string Detail = """{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""";
        const string Error = $$"""{"type":"error","node_id":"n2","message":"Bad prompt","error":{"status":422,"body":{{Detail}} } }""";
        fal.Handler.Then(Replies.Events(Replies.Send($"data: {Submit}\n\ndata: {Error}\n\n")));
        var ex = await Assert.ThrowsAsync<FalJobFailedException>(() => Stream(fal).GetResultAsync());
        Assert.StartsWith("The workflow failed at its node 'n2': Bad prompt.", ex.Message, StringComparison.Ordinal);
        Assert.Equal(422, ex.StatusCode);
        Assert.Equal("prompt", Assert.Single(ex.Problems).Path);
    }

    [Fact]
    public async Task ReadWorkflowAsync_refuses_an_endpoint_that_is_no_workflow()
    {
        using var fal = new TestFal(Canary);
        var stream = fal.Client.Endpoint("acme/lumen").StreamAsync(JsonSerializer.Deserialize<JsonElement>("{}"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => { await foreach (var _ in stream.ReadWorkflowAsync()) { } });
        Assert.Empty(fal.Handler.Requests);
    }

    private static FalStreamedResult<FalRawResult> Stream(TestFal fal)
        => fal.Client.Endpoint("workflows/acme/story").StreamAsync(JsonSerializer.Deserialize<JsonElement>("{}"));
}
