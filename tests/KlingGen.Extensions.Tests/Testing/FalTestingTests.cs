using System.Net;
using System.Text.Json;

namespace Fal.Tests.Testing;

public sealed class FalTestingTests
{
    private const string Endpoint = "acme/lumen/clip";
    private static readonly FalFile Clip = new() { Url = "https://files.example/heron.mp4" };

    private static FalEndpoint<FalRawResult, FalFile> Clips(FalClient fal) => new(fal, Endpoint);

    private static Task<FalFile> RunAsync(FalClient fal) => Clips(fal).RunAsync(new FalRawResult { Json = Apps.Input });

    [Fact]
    public async Task CreateClient_completes_jobs_with_the_given_result()
    {
        using var handler = new FalTestHandler(run => run.Complete(Clip, billableUnits: 2.5m));
        using var fal = FalTesting.CreateClient(handler);
        var result = await RunAsync(fal);
        Assert.Equal(Clip.Url, result.Url);
        var run = Assert.Single(handler.Runs);
        Assert.Equal((Endpoint, "hush hush"), (run.EndpointId, run.Input.GetProperty("prompt").GetString()));
        var job = await Clips(fal).SubmitAsync(new FalRawResult { Json = Apps.Input });
        await job.GetResultAsync();
        Assert.Equal((2.5m, TimeSpan.FromSeconds(0.5)), (job.BillableUnits, job.InferenceTime));
    }

    [Fact]
    public async Task A_run_shows_its_steps_one_per_poll()
    {
        using var fal = FalTesting.CreateClient(run => run.InQueue(2).InQueue(1).InProgress("Loading").InProgress("\"Half\" way").Complete(Clip));
        var job = await Clips(fal).SubmitAsync(new FalRawResult { Json = Apps.Input });
        var seen = new List<string>();
        await foreach (var update in job.WatchAsync())
        {
            seen.Add($"{update.Status.State} {update.Status.QueuePosition} {string.Join('|', update.NewLogs.Select(line => line.Message))}");
        }
        Assert.Equal(["IN_QUEUE 0 ", "IN_QUEUE 2 ", "IN_QUEUE 1 ", "IN_PROGRESS  Loading", "IN_PROGRESS  \"Half\" way", "COMPLETED  "], seen);
    }

    [Fact]
    public async Task A_failed_run_is_a_FalJobFailedException()
    {
        using var fal = FalTesting.CreateClient(run => run.Fail("runner_disconnected", "The runner \"left\".", 1));
        var error = await Assert.ThrowsAsync<FalJobFailedException>(() => RunAsync(fal));
        Assert.Equal(("runner_disconnected", 1m), (error.ErrorType, error.BillableUnits));
        Assert.Contains("The runner \"left\".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_run_is_a_FalRequestRejectedException_with_the_problem()
    {
        using var fal = FalTesting.CreateClient(run => run.Reject("image_url", "is too small"));
        var problem = Assert.Single((await Assert.ThrowsAsync<FalRequestRejectedException>(() => RunAsync(fal))).Problems);
        Assert.Equal(("image_url", "is too small"), (problem.Path, problem.Message));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, typeof(FalAuthenticationException))]
    [InlineData(HttpStatusCode.UnprocessableEntity, typeof(FalRequestRejectedException))]
    [InlineData(HttpStatusCode.ServiceUnavailable, typeof(FalOutcomeUnknownException))]
    public async Task A_refused_run_is_the_error_of_its_status(HttpStatusCode status, Type error)
    {
        using var fal = FalTesting.CreateClient(run => run.Refuse(status), options => options.Retry = FalRetryOptions.None);
        await Assert.ThrowsAsync(error, () => RunAsync(fal));
    }

    [Fact]
    public async Task A_run_without_an_end_is_an_error_that_says_so()
    {
        using var fal = FalTesting.CreateClient(static run => run.InProgress());
        var error = await Assert.ThrowsAnyAsync<FalException>(() => RunAsync(fal));
        Assert.Contains("no end", error.ToString() + error.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_after_the_end_of_a_job_keeps_its_result()
    {
        using var handler = new FalTestHandler(run => run.CompleteJson("""{"seed":7}"""));
        using var fal = FalTesting.CreateClient(handler);
        var job = await fal.Endpoint("acme/lumen").SubmitAsync(FalJson.Read<FalRawResult>("{}"));
        await job.GetResultAsync();
        Assert.Equal(FalCancelOutcome.AlreadyCompleted, await job.CancelAsync());
        Assert.False(Assert.Single(handler.Runs).IsCancelled);
        var again = await fal.Endpoint("acme/lumen").Resume(job.RequestId).GetResultAsync();
        Assert.Equal(7, again.Json.GetProperty("seed").GetInt32());
    }

    [Fact]
    public async Task A_run_that_never_ends_can_be_cancelled()
    {
        using var handler = new FalTestHandler(run => run.NeverEnd());
        using var fal = FalTesting.CreateClient(handler);
        var job = await Clips(fal).SubmitAsync(new FalRawResult { Json = Apps.Input });
        Assert.Equal(FalJobState.InProgress, (await job.GetStatusAsync()).State);
        Assert.Equal(FalCancelOutcome.Requested, await job.CancelAsync());
        Assert.True(Assert.Single(handler.Runs).IsCancelled);
        await Assert.ThrowsAsync<FalJobCancelledException>(() => job.GetResultAsync());
    }

    [Fact]
    public async Task Direct_runs_and_streams_go_the_same_way()
    {
        using var handler = new FalTestHandler(run => run.Complete(Clip));
        using var fal = FalTesting.CreateClient(handler);
        Assert.Equal(Clip.Url, (await Clips(fal).RunDirectAsync(new FalRawResult { Json = Apps.Input })).Url);
        Assert.Equal(Clip.Url, (await Clips(fal).StreamAsync(new FalRawResult { Json = Apps.Input }).GetResultAsync()).Url);
        Assert.Equal([Endpoint, Endpoint], handler.Runs.Select(run => run.EndpointId));
    }

    [Fact]
    public async Task Uploads_are_kept_and_files_are_served()
    {
        using var handler = new FalTestHandler(run => run.Complete(Clip));
        handler.AddFile(Clip.Url, new byte[] { 1, 2, 3 }, "video/mp4");
        using var fal = FalTesting.CreateClient(handler);
        var uploaded = await fal.Files.UploadAsync(FalMedia.FromBytes(new byte[] { 4, 5 }, "application/octet-stream", "a b.bin"));
        Assert.Equal([4, 5], handler.Uploads[uploaded.AbsoluteUri].ToArray());
        await using var stream = await (await RunAsync(fal)).OpenAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal([1, 2, 3], copy.ToArray());
    }

    [Fact]
    public async Task Job_makes_a_job_for_code_that_takes_one()
    {
        var job = FalTesting.Job(Clip, "acme/lumen");
        Assert.Equal("acme/lumen", job.EndpointId);
        Assert.Equal(Clip.Url, (await job.GetResultAsync()).Url);
        var failed = FalTesting.Job<FalFile>(run => run.InQueue(1).Fail());
        await Assert.ThrowsAsync<FalJobFailedException>(() => failed.GetResultAsync());
        Assert.Equal(JsonValueKind.Undefined, Inputs(run => run.Complete(Clip)));
    }

    private static JsonValueKind Inputs(Action<FalTestRun> then)
    {
        var kind = JsonValueKind.Null;
        _ = FalTesting.Job<FalFile>(run =>
        {
            kind = run.Input.ValueKind;
            then(run);
        });
        return kind;
    }
}
