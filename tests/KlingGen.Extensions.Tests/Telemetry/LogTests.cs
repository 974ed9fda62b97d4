using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fal.Tests.Telemetry;

public sealed class LogTests
{
    private static ServiceProvider Provider(FalTestHandler handler, Log log)
    {
        var services = Apps.With(
            ("Fal:Key", "hush-id:hush-secret"), ("Fal:Retry:MaxRetries", "0"), ("Fal:Polling:Shortest", "00:00:00.001"), ("Fal:Polling:Pace", "0"));
        services.AddFal().Over(handler);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        return services.BuildServiceProvider();
    }

    [Fact]
    public async Task A_job_is_logged_from_submit_to_end_without_prompt_webhook_or_key()
    {
        using var log = new Log();
        using var handler = new FalTestHandler(run => run.InQueue(2).InProgress("hush").CompleteJson("""{"text":"hush"}""", 2.5m));
        using var provider = Provider(handler, log);
        var webhook = new FalSubmitOptions { Webhook = new Uri("https://me.example/hush?secret=hush") };
        var job = await provider.GetRequiredService<FalClient>().SubmitAsync(webhook);
        await job.GetRawResultAsync();
        var name = $"acme/lumen/clip: job {job.RequestId}";
        string[] starts =
        [
            $"KlingGen Information 2 JobSubmitted: {name} was submitted",
            $"KlingGen Debug 5 JobChanged: {name} is IN_PROGRESS",
            $"KlingGen Information 6 JobCompleted: {name} completed",
            "KlingGen Debug 9 CallAnswered: submit to queue.fal.run",
        ];
        foreach (var start in starts) Assert.Contains(log.Lines, line => line.StartsWith(start, StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("BillableUnits=2.5", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failures_are_logged_with_their_kind_and_no_words_of_the_server()
    {
        using var log = new Log();
        var runs = new Queue<Action<FalTestRun>>([
            run => run.Fail("runner_disconnected", "hush"),
            run => run.Refuse(HttpStatusCode.Unauthorized, "hush"),
            run => run.Refuse(HttpStatusCode.BadGateway, "hush"),
        ]);
        using var handler = new FalTestHandler(run => runs.Dequeue()(run));
        using var provider = Provider(handler, log);
        var fal = provider.GetRequiredService<FalClient>();
        await Assert.ThrowsAsync<FalJobFailedException>(async () => await (await fal.SubmitAsync()).GetRawResultAsync());
        await Assert.ThrowsAsync<FalAuthenticationException>(() => fal.SubmitAsync());
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fal.SubmitAsync());
        var clips = new FalEndpoint<TextToClipRequest, TextToClipResult>(fal, "acme/lumen/v1/text-to-clip");
        await Assert.ThrowsAsync<FalValidationException>(() => clips.SubmitAsync(new() { Prompt = "" }));
        await fal.Files.UploadAsync(FalMedia.FromBytes(new byte[7], "application/octet-stream", "hush.bin"));
        string[] starts =
        [
            "Warning 7 JobFailed", "Warning 3 SubmitFailed", "Error 4 OutcomeUnknown", "Warning 1 RequestRefused", "Debug 11 FileUploaded",
        ];
        foreach (var start in starts)
        {
            Assert.Single(log.Lines, line => line.StartsWith("KlingGen " + start, StringComparison.Ordinal));
        }
        Assert.Contains(log.Lines, line => line.Contains("ErrorType=runner_disconnected", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retries_and_polls_that_fail_are_logged()
    {
        using var log = new Log();
        using var net = new Net(Flaky());
        var services = Apps.With(
            ("Fal:Key", Apps.Key), ("Fal:Retry:MaxRetries", "1"), ("Fal:Retry:BaseDelay", "00:00:00.001"), ("Fal:Polling:Shortest", "00:00:00.001"));
        services.AddFal().Over(net);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        using var provider = services.BuildServiceProvider();
        await (await provider.GetRequiredService<FalClient>().SubmitAsync()).WaitAsync();
        Assert.Contains(log.Lines, line => line.StartsWith("KlingGen Information 10 CallRetried: read to queue.fal.run", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("KlingGen Warning 8 PollFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_observer_of_the_app_hears_as_well()
    {
        using var log = new Log();
        var own = new Own();
        using var handler = new FalTestHandler(run => run.CompleteJson("{}"));
        var services = Apps.With(("Fal:Key", Apps.Key));
        services.AddFal().Configure(options => options.Observer = own).Over(handler);
        services.AddLogging(logging => logging.AddProvider(log));
        using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<FalClient>().SubmitAsync();
        Assert.Equal(1, own.Submitted);
        Assert.Contains(log.Lines, line => line.Contains("JobSubmitted", StringComparison.Ordinal));
    }

    private static Func<HttpRequestMessage, HttpResponseMessage> Flaky()
    {
        var (id, polls) = (Guid.NewGuid(), 0);
        return request => request.Method == HttpMethod.Post ? Net.Json($$"""{"request_id":"{{id}}","status":"IN_QUEUE"}""")
            : polls++ < 2 ? Net.Json("{}", HttpStatusCode.ServiceUnavailable) : Net.Json("""{"status":"COMPLETED"}""");
    }

    private sealed class Own : FalObserver
    {
        public int Submitted { get; private set; }

        public override void OnSubmitted(FalJobEvent job) => Submitted++;
    }
}
