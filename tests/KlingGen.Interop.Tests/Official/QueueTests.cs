using System.Text.Json.Nodes;
using Fal.Emulation;
using Fal.Tests.Harness;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Official;

/// <summary>fal's own client takes the emulator's queue for fal's.</summary>
[Collection(OfficialClient.Collection)]
public sealed class QueueTests(OfficialClient official) : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/standard/text-to-video";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly object Input = new { prompt = "Snow falls on a quiet street.", duration = "5" };


    private readonly FakeTime _time = new();
    private FalEmulator _fal = null!;
    private PlayedHosts _hosts = null!;

    public async Task InitializeAsync()
    {
        _fal = await FalEmulator.StartAsync(new FalEmulatorOptions { TimeProvider = _time });
        _hosts = PlayedHosts.Of(_fal);
        _fal.Script.For("**", new FalEmulatedRun
        {
            QueuePositions = [1, 0],
            PositionTime = Second,
            Duration = 2 * Second,
            Logs = ["50%", "100%"],
            InferenceSeconds = 1.9,
        });
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    [OfficialClientFact]
    public async Task A_submit_is_answered_with_the_job_and_its_addresses()
    {
        var job = (await CallAsync("submit", new { input = Input }))!;

        var id = (string)job["request_id"]!;
        Assert.Equal("IN_QUEUE", (string)job["status"]!);
        Assert.Equal(1, (int)job["queue_position"]!);
        Assert.EndsWith($"/fal-ai/kling-video/requests/{id}/status", (string)job["status_url"]!, StringComparison.Ordinal);
        Assert.EndsWith($"/fal-ai/kling-video/requests/{id}", (string)job["response_url"]!, StringComparison.Ordinal);
        Assert.EndsWith($"/fal-ai/kling-video/requests/{id}/cancel", (string)job["cancel_url"]!, StringComparison.Ordinal);
        Assert.Equal(id, _fal.Received.One(FalOperation.Submit).RequestId);
    }

    [OfficialClientFact]
    public async Task The_status_goes_from_the_queue_over_the_run_to_its_end()
    {
        var requestId = await SubmitAsync();

        var waiting = await StatusAsync(requestId);
        _time.Advance(3 * Second);
        var running = await StatusAsync(requestId);
        var silent = await StatusAsync(requestId, logs: false);
        _time.Advance(Second);
        var over = await StatusAsync(requestId);

        Assert.Equal(("IN_QUEUE", 1), ((string)waiting["status"]!, (int)waiting["queue_position"]!));
        Assert.Equal("IN_PROGRESS", (string)running["status"]!);
        Assert.Equal(["50%"], MessagesOf(running));
        Assert.Empty(MessagesOf(silent));
        Assert.Equal("COMPLETED", (string)over["status"]!);
        Assert.Equal(["50%", "100%"], MessagesOf(over));
        Assert.Equal(1.9, (double)over["metrics"]!["inference_time"]!);
    }

    [OfficialClientFact]
    public async Task A_subscription_that_polls_sees_every_stage_and_gets_the_result()
    {
        var (result, updates) = await PlayAsync("subscribe", new { input = Input, logs = true, pollInterval = 1 });

        // A poll that is quicker than the clock sees a stage again.
        Assert.Equal(["IN_QUEUE 1", "IN_QUEUE 0", "IN_PROGRESS", "IN_PROGRESS 50%", "COMPLETED 50% 100%"], updates.Distinct());
        Assert.Equal(updates.Count, _fal.Received.CountOf(FalOperation.Status));
        AssertResult(result);
    }

    [OfficialClientFact]
    public async Task A_subscription_that_streams_sees_every_stage_and_gets_the_result()
    {
        var (result, updates) = await PlayAsync("subscribe", new { input = Input, logs = true, mode = "streaming" });

        // The client adds up the lines of all events, so each must have been sent once.
        Assert.Equal(["IN_QUEUE 1", "IN_QUEUE 0", "IN_PROGRESS", "IN_PROGRESS 50%", "COMPLETED 50% 100%"], updates);
        Assert.Equal(0, _fal.Received.CountOf(FalOperation.Status));
        AssertResult(result);
    }

    [OfficialClientFact]
    public async Task A_status_stream_tells_each_change_and_ends_with_the_job()
    {
        var requestId = await SubmitAsync();

        var (end, events) = await PlayAsync("streamStatus", new { requestId, logs = true });

        Assert.Equal(["IN_QUEUE 1", "IN_QUEUE 0", "IN_PROGRESS", "IN_PROGRESS 50%", "COMPLETED 100%"], events);
        Assert.Equal("COMPLETED", (string)end["last"]!["status"]!);
    }

    [OfficialClientFact]
    public async Task A_result_that_is_not_there_yet_is_refused()
    {
        var requestId = await SubmitAsync();

        var error = await Assert.ThrowsAsync<OfficialClientException>(() => CallAsync("result", new { requestId }));

        Assert.Equal(("ApiError", 400), (error.Name, error.Status));
        Assert.NotNull((string?)error.Body!["detail"]);
    }

    [OfficialClientFact]
    public async Task A_job_that_waits_can_be_cancelled_and_then_has_no_result()
    {
        var requestId = await SubmitAsync();

        await CallAsync("cancel", new { requestId });
        var status = await StatusAsync(requestId);
        var error = await Assert.ThrowsAsync<OfficialClientException>(() => CallAsync("result", new { requestId }));

        Assert.Equal("COMPLETED", (string)status["status"]!);
        Assert.Equal(("ApiError", 499), (error.Name, error.Status));
    }

    [OfficialClientFact]
    public async Task A_job_that_runs_can_be_cancelled()
    {
        var requestId = await SubmitAsync();
        _time.Advance(3 * Second);

        await CallAsync("cancel", new { requestId });

        Assert.Equal(202, _fal.Received.One(FalOperation.Cancel).StatusCode);
        Assert.Equal(499, (await Assert.ThrowsAsync<OfficialClientException>(() => CallAsync("result", new { requestId }))).Status);
    }

    [OfficialClientFact]
    public async Task A_job_that_is_over_cannot_be_cancelled()
    {
        var requestId = await SubmitAsync();
        _time.Advance(10 * Second);

        var error = await Assert.ThrowsAsync<OfficialClientException>(() => CallAsync("cancel", new { requestId }));

        Assert.Equal(("ApiError", 400), (error.Name, error.Status));
        Assert.Equal("ALREADY_COMPLETED", (string)error.Body!["status"]!);
    }

    [OfficialClientFact]
    public async Task A_subscription_that_runs_out_of_time_cancels_its_job()
    {
        var error = await Assert.ThrowsAsync<OfficialClientException>(
            () => CallAsync("subscribe", new { input = Input, timeout = 50, pollInterval = 1 }));
        await _fal.Received.WaitForAsync(FalOperation.Cancel);

        Assert.Contains("timed out", error.Message, StringComparison.Ordinal);
        Assert.Equal(_fal.Received.One(FalOperation.Submit).RequestId, _fal.Received.One(FalOperation.Cancel).RequestId);
    }

    [OfficialClientFact]
    public async Task A_job_that_does_not_start_in_time_ends_with_the_users_timeout_and_is_not_tried_again()
    {
        _fal.Script.Next(new FalEmulatedRun { PositionTime = Timeout.InfiniteTimeSpan });
        var requestId = (string)(await CallAsync("submit", new { input = Input, startTimeout = 2 }))!["request_id"]!;
        _time.Advance(3 * Second);

        var error = await Assert.ThrowsAsync<OfficialClientException>(() => CallAsync("result", new { requestId }));

        Assert.Equal((504, "user"), (error.Status, error.TimeoutType));
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Result));
    }

    private Task<JsonNode?> CallAsync(string call, object options) => official.CallAsync(_hosts, call, new { endpoint = Endpoint, options });

    private async Task<string> SubmitAsync() => (string)(await CallAsync("submit", new { input = Input }))!["request_id"]!;

    private async Task<JsonNode> StatusAsync(string requestId, bool logs = true) => (await CallAsync("status", new { requestId, logs }))!;

    /// <summary>Follows a job; the clock moves on to the next stage once this one has been heard of.</summary>
    private async Task<(JsonNode Answer, IReadOnlyList<string> Heard)> PlayAsync(string call, object options)
    {
        var heard = new List<string>();
        var answer = await official.CallAsync(_hosts, call, new { endpoint = Endpoint, options }, Hear);
        return (answer!, heard);

        void Hear(JsonNode status)
        {
            var stage = string.Join(' ', [(string)status["status"]!, .. Position(status), .. MessagesOf(status)]);
            if (heard.LastOrDefault() != stage) _time.Advance(Second);
            heard.Add(stage);
        }

        static string[] Position(JsonNode status) => status["queue_position"] is { } position ? [position.ToString()] : [];
    }

    private void AssertResult(JsonNode result)
    {
        Assert.Equal(_fal.Received.One(FalOperation.Submit).RequestId, (string)result["requestId"]!);
        Assert.Equal("video/mp4", (string)result["data"]!["video"]!["content_type"]!);
        Assert.True(new Uri((string)result["data"]!["video"]!["url"]!).IsLoopback);
    }

    private static IEnumerable<string> MessagesOf(JsonNode status)
        => status["logs"] is JsonArray logs ? logs.Select(line => (string)line!["message"]!) : [];
}
