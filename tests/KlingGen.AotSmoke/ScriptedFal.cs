using System.Net;
using System.Text;

namespace KlingGen.AotSmoke;

/// <summary>A fal of one job: it queues, runs, and has a result; uploads and direct runs are answered too.</summary>
internal sealed class ScriptedFal : HttpMessageHandler
{
    private const string Result = """{"clip": {"url": "https://v3.fal.media/a.mp4", "content_type": "video/mp4"}, "seed": 17454220438242315174}""";

    private int _polls;

    public List<string> Calls { get; } = [];

    public string? Submitted { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        lock (Calls) Calls.Add($"{request.Method} {request.RequestUri.Host}{path}");
        return (request.Method.Method, path) switch
        {
            ("POST", "/acme/lumen/v1/text-to-clip") when request.RequestUri.Host == "queue.fal.run" => await SubmitAsync(request, cancellationToken),
            ("POST", "/acme/lumen/v1/text-to-clip") => Json(HttpStatusCode.OK, Result),
            ("POST", "/acme/lumen/v1/text-to-clip/stream") => Answer(HttpStatusCode.OK, "text/event-stream", "data: {\"part\": 1}\n\ndata: " + Result
                + "\n\n"),
            ("GET", "/acme/lumen/requests/abc-1/status") => ++_polls switch
            {
                1 => Json(HttpStatusCode.Accepted, """{"status": "IN_QUEUE", "queue_position": 2}"""),
                2 => Json(HttpStatusCode.Accepted, """{"status": "IN_PROGRESS", "logs": [{"message": "one", "timestamp":"""
                    + """ "2026-01-01T00:00:00Z"}]}"""),
                _ => Json(HttpStatusCode.OK, """{"status": "COMPLETED", "logs": [{"message": "one", "timestamp": "2026-01-01T00:00:00Z"}],"""
                    + """ "metrics": {"inference_time": 1.5}}"""),
            },
            ("GET", "/acme/lumen/requests/abc-1") => Json(HttpStatusCode.OK, Result, "14.399999999999999"),
            ("GET", "/acme/lumen/requests/lost/status") => Json(HttpStatusCode.OK, """{"status": "COMPLETED", "error": "no", "error_type":"""
                + """ "runner_server_error"}"""),
            ("GET", "/acme/lumen/requests/lost") => Json(HttpStatusCode.InternalServerError, """{"detail": "no", "error_type":"""
                + """ "runner_server_error"}"""),
            ("PUT", "/acme/lumen/requests/abc-1/cancel") => Json(HttpStatusCode.BadRequest, """{"status": "ALREADY_COMPLETED"}"""),
            ("POST", "/storage/upload/initiate") => Json(HttpStatusCode.OK, """{"upload_url": "https://cdn.example/put", "file_url":"""
                + """ "https://v3.fal.media/in.png"}"""),
            ("PUT", "/put") => Json(HttpStatusCode.OK, "{}"),
            ("GET", "/a.mp4") => Answer(HttpStatusCode.OK, "video/mp4", "clip"),
            _ => throw new InvalidOperationException($"There is no scripted answer for {request.Method} {request.RequestUri}."),
        };
    }

    private async Task<HttpResponseMessage> SubmitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Submitted = await request.Content!.ReadAsStringAsync(cancellationToken);
        return Json(HttpStatusCode.OK, """{"request_id": "abc-1", "status": "IN_QUEUE", "queue_position": 3}""");
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string json, string? units = null)
    {
        var response = Answer(status, "application/json", json);
        response.Headers.Add("x-fal-request-id", "abc-1");
        if (units is not null) response.Headers.Add("x-fal-billable-units", units);
        return response;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, string text)
        => new(status) { Content = new StringContent(text, Encoding.UTF8, type) };
}
