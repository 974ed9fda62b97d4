using System.Text;
using System.Text.RegularExpressions;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;
using KlingGen.Testing;

namespace Fal.Tests.Errors;

/// <summary>
/// What exceptions print, provoked through the public API and compared with <c>Messages.txt</c>, which <c>UPDATE_GOLDENS=1</c> writes: what happened,
/// what to do, and at the end the endpoint and the request.
/// </summary>
public sealed partial class MessageTests : CanaryTest
{
    private const string Golden = "tests/KlingGen.Runtime.Tests/Errors/Messages.txt";

    private static readonly FalSubmitOptions NoOptions = new();

    private Dictionary<string, Func<Task>> Calls => new()
    {
        ["a request with wrong values"] = () => RunAsync(_ => { }, new TextToClipRequest { Prompt = "", Guidance = 3 }),
        ["a request that fal refuses"] = () => SubmitAsync(Replies.Json(
            """{"detail":[{"loc":["body","image_url"],"msg":"The image is too small","type":"image_too_small"}]}""", 422)),
        ["an endpoint that does not exist"] = () => SubmitAsync(Replies.Json("""{"detail":"Application 'lumen' not found"}""", 404)),
        ["a wrong key"] = () => SubmitAsync(Replies.Json("""{"detail":"Cannot access application. Authentication is required."}""", 401)),
        ["a key without the scope"] = () => SubmitAsync(Replies.Json("""{"detail":"Forbidden"}""", 403)),
        ["a locked account"] = () => SubmitAsync(Replies.Json(
            """{"detail":"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."}""", 403)),
        ["too many calls"] = () => SubmitAsync(Replies.Json("""{"detail":"Too many requests"}""", 429)),
        ["no connection"] = () => SubmitAsync(Replies.Refused()),
        ["a page in front of fal"] = () => SubmitAsync(Replies.NginxPage()),
        ["a redirect"] = () => SubmitAsync(Replies.Json("{}", 302, "Location: https://example.com/")),
        ["a submit whose answer is lost"] = () => SubmitAsync(Replies.Reset()),
        ["a submit whose answer has no id"] = () => SubmitAsync(Replies.Json("{}")),
        ["a submit whose token cannot be stored"] = () => RunAsync(
            fixture => fixture.OnSubmit(), null, new FalSubmitOptions { OnAccepted = (_, _) => throw new IOException("The disk is full.") }),
        ["a submit that is too expensive"] = () => RunAsync(
            fixture => fixture.OnSubmit(), null, new FalSubmitOptions { MaxCost = 0.2m }, options => options.Prices = Prices()),
        ["a submit beyond the budget"] = () => RunAsync(
            fixture => fixture.OnSubmit(), null, null, options => (options.Prices, options.Budget) = (Prices(), 0.2m)),
        ["a deadline"] = () => RunAsync(
            fixture => fixture.OnSubmit().OnStatus(JobFixture.Running()), null, new FalSubmitOptions { Deadline = TimeSpan.FromSeconds(30) }),
        ["a cancelled wait"] = CancelledWaitAsync,
        ["a cancelled submit"] = CancelledSubmitAsync,
        ["a failed job"] = () => ResultAsync(Replies.Json(
            """{"detail":[{"loc":["body"],"msg":"CUDA out of memory","type":"internal_server_error"}]}""", 500, "X-Fal-Retryable: true")),
        ["a job refused by the content policy"] = () => ResultAsync(Replies.Json(
            """{"detail":"The content was flagged.","error_type":"content_policy_violation"}""", 400)),
        ["a failed job of an unknown kind"] = () => ResultAsync(Replies.Json("""{"detail":"Something broke","error_type":"novel"}""", 500)),
        ["a job cancelled by another"] = () => ResultAsync(Replies.Json("""{"detail":"Cancelled","error_type":"client_cancelled"}""", 499)),
        ["a job that fal no longer keeps"] = () => ResultAsync(Replies.Json("""{"detail":"Request not found"}""", 404)),
        ["a result of another form"] = () => ResultAsync(Replies.Json("""{"video":{"url":"https://v3.fal.media/files/clip.mp4"}}""")),
        ["a result that is too long"] = () => RunAsync(
            fixture => fixture.OnSubmit().OnStatus(JobFixture.Done()).OnResult(), null, null, options => options.MaxResultBytes = 20),
        ["an upload that is refused"] = () => RunAsync(
            fixture => fixture.Handler
                .On("POST", "initiate", Replies.Json("""{"upload_url":"https://storage.example/1","file_url":"https://v3.fal.media/files/1"}"""))
                .On("PUT", "storage", Replies.Empty(403)),
            new TextToClipRequest { Prompt = "x", ImageUrl = FalMedia.FromBytes(Media.SampleFiles.Png()) }),
        ["a file that is gone"] = async () =>
        {
            using var fixture = new JobFixture(Canary);
            fixture.Handler.Then(Replies.Empty(404));
            await using var _ = await fixture.Fal.Client.Files.OpenAsync(new FalFile { Url = "https://v3.fal.media/files/cat/out.mp4" });
        },
        ["a call without an admin key"] = async () =>
        {
            using var fixture = new JobFixture(Canary);
            await fixture.Fal.Client.Platform.DeletePayloadsAsync(JobFixture.RequestId);
        },
        ["a disposed client"] = async () =>
        {
            using var fixture = new JobFixture(Canary);
            fixture.Fal.Client.Dispose();
            await fixture.SubmitAsync();
        },
    };

    [Fact]
    public async Task Exceptions_print_what_the_golden_shows()
    {
        var actual = new StringBuilder();
        foreach (var (name, call) in Calls)
        {
            var exception = await Assert.ThrowsAnyAsync<Exception>(call);
            actual.Append(name).Append('\n').Append(Shown(exception)).Append("\n\n");
        }
        var path = Repository.At(Golden.Split('/'));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1") await File.WriteAllTextAsync(path, actual.ToString());
        else Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), actual.ToString());
    }

    [Fact]
    public async Task Messages_say_what_to_do_and_end_with_endpoint_and_request()
    {
        foreach (var (name, call) in Calls)
        {
            var exception = await Assert.ThrowsAnyAsync<Exception>(call);
            if (exception is not (FalException or FalSubmitCancelledException)) continue;
            var (endpoint, request) = exception is FalException error
                ? (error.EndpointId, error.RequestId)
                : (((FalSubmitCancelledException)exception).EndpointId, ((FalSubmitCancelledException)exception).RequestId);
            var end = (endpoint, request) switch
            {
                (null, null) => ".",
                (_, null) => $". [endpoint {endpoint}]",
                (null, _) => $". [request {request}]",
                _ => $". [endpoint {endpoint}, request {request}]",
            };
            Assert.True(exception.Message.EndsWith(end, StringComparison.Ordinal), $"{name}: '{exception.Message}' does not end with '{end}'.");
            Assert.True(Sentence().Count(exception.Message) > 1, $"{name}: '{exception.Message}' is one sentence.");
        }
    }

    private static FalPriceList Prices()
    {
        var list = $$"""
            {"currency":"USD","asOf":"2026-11-30","prices":[
              {"endpoint":"{{JobFixture.Id}}","source":"https://example.org/","confidence":"reported","per":"request","rates":[{"price":0.5}]}]}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(list));
        return FalPriceList.Load(stream);
    }

    private Task SubmitAsync(Answer answer)
        => RunAsync(fixture => fixture.Handler.On("POST", JobFixture.Id, answer), null, null, options => options.Retry = FalRetryOptions.None);

    private Task ResultAsync(Answer answer)
        => RunAsync(
            fixture => fixture.OnSubmit().OnStatus(JobFixture.Done()).OnResult(answer), null, null, options => options.Retry = FalRetryOptions.None);

    private async Task RunAsync(
        Action<JobFixture> script, TextToClipRequest? request = null, FalSubmitOptions? options = null, Action<FalClientOptions>? change = null)
    {
        using var fixture = new JobFixture(Canary, change: change);
        script(fixture);
        await fixture.Endpoint.RunAsync(request ?? JobFixture.Request, options ?? NoOptions);
    }

    private async Task CancelledWaitAsync()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(gate.Answer);
        var run = fixture.Endpoint.RunAsync(JobFixture.Request, NoOptions, cancellationToken: source.Token);
        await gate.ReachedAsync();
        await source.CancelAsync();
        await run;
    }

    private async Task CancelledSubmitAsync()
    {
        using var source = new CancellationTokenSource();
        var gate = new Gate();
        using var fixture = new JobFixture(Canary, new FakeTime());
        fixture.Handler.On("POST", JobFixture.Id, gate.Answer);
        var run = fixture.Endpoint.SubmitAsync(JobFixture.Request, NoOptions, source.Token);
        await gate.ReachedAsync();
        await source.CancelAsync();
        await run;
    }

    /// <summary>ToString() without stack traces.</summary>
    private static string Shown(Exception exception) => string.Join('\n', exception.ToString().ReplaceLineEndings("\n").Split('\n')
        .Where(line => !line.StartsWith("   at ", StringComparison.Ordinal) && !line.Contains("--- End of", StringComparison.Ordinal)));

    [GeneratedRegex(@"\.(?= |$)")]
    private static partial Regex Sentence();
}
