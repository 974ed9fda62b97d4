using Fal.Tests.Harness;
using Fal.Tests.Transport;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>An endpoint on a scripted fal, and the answers that a job gets there.</summary>
internal sealed class JobFixture : IDisposable
{
    public const string Id = "acme/lumen/v1/text-to-clip";
    public const string RequestId = "019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de";
    public const string Submitted =
        $$"""{"status":"IN_QUEUE","request_id":"{{RequestId}}","queue_position":2,"status_url":"https://queue.fal.run/acme/lumen/requests/{{RequestId}}/status","response_url":"https://queue.fal.run/acme/lumen/requests/{{RequestId}}","cancel_url":"https://queue.fal.run/acme/lumen/requests/{{RequestId}}/cancel","metrics":{},"logs":null }""";
    public const string Result = """{"clip":{"url":"https://v3.fal.media/files/clip.mp4","content_type":"video/mp4"},"seed":7}""";
    public const string Status = "/status";

    public JobFixture(CanaryGuard canary, FakeTime? time = null, Action<FalClientOptions>? change = null)
    {
        Fal = new TestFal(canary, time, change);
        Endpoint = new FalEndpoint<TextToClipRequest, TextToClipResult>(Fal.Client, Id);
    }

    public static TextToClipRequest Request { get; } = new() { Prompt = "a heron at dawn" };

    public TestFal Fal { get; }

    public FalEndpoint<TextToClipRequest, TextToClipResult> Endpoint { get; }

    public FakeTime Time => Fal.Time;

    public ScriptedHandler Handler => Fal.Handler;

    public int Polls => Handler.Requests.Count(IsStatus);

    public int Results
        => Handler.Requests.Count(request => request.Method == "GET" && request.Path.EndsWith("/requests/" + RequestId, StringComparison.Ordinal));

    public static Answer Queued(int position) => Replies.Json($$"""{"status":"IN_QUEUE","queue_position":{{position}}}""", 202);

    public static Answer Running(params string[] lines) =>
        Replies.Json($$"""{"status":"IN_PROGRESS","logs":[{{Logs(lines)}}]}""", 202);

    public static Answer Done(params string[] lines) =>
        Replies.Json($$"""{"status":"COMPLETED","metrics":{"inference_time":93.5},"logs":[{{Logs(lines)}}]}""");

    private static string Logs(IEnumerable<string> lines)
        => string.Join(',', lines.Select(line => $$"""{"message":"{{line}}","timestamp":"{{line}}"}"""));

    /// <summary>Submits are accepted.</summary>
    public JobFixture OnSubmit(string answer = Submitted)
    {
        Handler.On("POST", "/" + Id, Replies.Json(answer, 200, "x-fal-request-id: " + RequestId));
        return this;
    }

    /// <summary>What polls are answered, in turn, the last one for ever.</summary>
    public JobFixture OnStatus(params Answer[] answers)
    {
        Handler.On(IsStatus, answers);
        return this;
    }

    /// <summary>What the result call is answered.</summary>
    public JobFixture OnResult(params Answer[] answers)
    {
        Handler.On(
            request => request.Method == "GET" && request.Path.EndsWith("/requests/" + RequestId, StringComparison.Ordinal),
            answers.Length > 0 ? answers : [Replies.Json(Result, 200, "x-fal-billable-units: 14.399999999999999")]);
        return this;
    }

    public JobFixture OnCancel(params Answer[] answers)
    {
        Handler.On("PUT", "/cancel", answers.Length > 0 ? answers : [Replies.Json("""{"status":"CANCELLATION_REQUESTED"}""", 202)]);
        return this;
    }

    public JobFixture OnStream(params Answer[] answers)
    {
        Handler.On("GET", "/status/stream", answers);
        return this;
    }

    public Task<FalJob<TextToClipResult>> SubmitAsync(FalSubmitOptions? options = null) => Endpoint.SubmitAsync(Request, options);

    public FalJob<TextToClipResult> Resume() => Endpoint.Resume(RequestId);

    public void Dispose() => Fal.Dispose();

    private static bool IsStatus(RecordedRequest request)
        => request.Method == "GET" && request.Url.AbsolutePath.EndsWith("/status", StringComparison.Ordinal);
}
