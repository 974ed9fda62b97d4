using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Fal.Testing;

/// <summary>
/// An in-memory fal: the queue, direct runs, model streams, uploads and downloads, behind a message handler. Pass it to
/// <see cref="FalTesting.CreateClient(FalTestHandler, Action{FalClientOptions})"/>, or to a factory as the primary handler.
/// </summary>
/// <remarks>
/// It implements fal's protocol as one client observes it. For server behaviour over time and for faults, use the emulator
/// (KlingGen.Emulator).
/// </remarks>
public sealed class FalTestHandler : HttpMessageHandler
{
    internal static readonly Uri Queue = new("https://queue.fal.run");
    internal static readonly Uri Run = new("https://fal.run");
    internal static readonly Uri Rest = new("https://rest.fal.ai");

    private const string UploadHost = "upload.testing.invalid";
    private const string FileHost = "files.testing.invalid";

    private readonly Action<FalTestRun> _run;
    private readonly ConcurrentQueue<FalTestRun> _runs = new();
    private readonly ConcurrentDictionary<string, FalTestRun> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (ReadOnlyMemory<byte> Content, string Type)> _files = new(StringComparer.Ordinal);
    private int _uploads;

    /// <summary>Creates an in-memory fal.</summary>
    /// <param name="run">Called for each request that is submitted or run; sets its outcome.</param>
    public FalTestHandler(Action<FalTestRun> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
    }

    /// <summary>All requests that were submitted or run so far, in order.</summary>
    public IReadOnlyList<FalTestRun> Runs => [.. _runs];

    /// <summary>The uploaded files, by the URL that the request contains.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Uploads
        => _files.Where(file => new Uri(file.Key).Host == FileHost)
            .ToDictionary(file => file.Key, file => file.Value.Content, StringComparer.Ordinal);

    /// <summary>Serves a file, so that a client can download a result that names its URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="contentType">The content type.</param>
    public void AddFile(string url, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream")
    {
        ArgumentNullException.ThrowIfNull(url);
        _files[new Uri(url).AbsoluteUri] = (content, contentType);
    }

    internal FalTestRun Add(string endpointId, JsonElement input)
    {
        var run = new FalTestRun(endpointId, Guid.NewGuid().ToString(), input);
        _run(run);
        run.RequireEnd();
        _runs.Enqueue(run);
        _jobs[run.RequestId] = run;
        return run;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        var url = request.RequestUri!;
        var response = url.Host switch
        {
            _ when url.Host == Queue.Host && request.Method == HttpMethod.Post => Submit(url, body),
            _ when url.Host == Queue.Host => AnswerForJob(request.Method, url),
            _ when url.Host == Run.Host => await RunDirectAsync(url, body, cancellationToken).ConfigureAwait(false),
            _ when url.Host == Rest.Host => Announce(body),
            UploadHost => Put(url, body, request.Content?.Headers.ContentType),
            _ when url.AbsolutePath.EndsWith("/meta", StringComparison.Ordinal) => Json(HttpStatusCode.OK, """{"webhook_ip_ranges":[]}"""),
            _ => Get(url),
        };
        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Submit(Uri url, byte[] body)
    {
        var run = Add(url.AbsolutePath.Trim('/'), Parse(body));
        if (run.Refusal is { } refusal) return Answer(refusal, null);
        return Json(HttpStatusCode.OK, $$"""{"request_id":"{{run.RequestId}}","status":"IN_QUEUE","queue_position":0}""");
    }

    private HttpResponseMessage AnswerForJob(HttpMethod method, Uri url)
    {
        // owner/app/requests/<id>[/status[/stream]|/cancel]
        var parts = url.AbsolutePath.Trim('/').Split('/');
        var at = Array.IndexOf(parts, "requests");
        if (at < 0 || at + 1 >= parts.Length || !_jobs.TryGetValue(parts[at + 1], out var run))
        {
            return Json(HttpStatusCode.NotFound, """{"detail":"The test knows no such job."}""");
        }
        switch (parts.Length > at + 2 ? parts[at + 2] : "")
        {
            case "status" when parts[^1] == "stream":
                return Events([run.NextStatus()]);
            case "status":
                return Json(HttpStatusCode.OK, run.NextStatus());
            case "cancel" when method == HttpMethod.Put:
                return run.TryCancel()
                    ? Json(HttpStatusCode.Accepted, """{"status":"CANCELLATION_REQUESTED"}""")
                    : Json(HttpStatusCode.BadRequest, """{"status":"ALREADY_COMPLETED"}""");
            default:
                return Answer(run.Result(), run.RequestId);
        }
    }

    private async Task<HttpResponseMessage> RunDirectAsync(Uri url, byte[] body, CancellationToken cancellationToken)
    {
        var path = url.AbsolutePath.Trim('/');
        var isStream = path.EndsWith("/stream", StringComparison.Ordinal);
        var run = Add(isStream ? path[..^"/stream".Length] : path, Parse(body));
        if (run.IsEndless) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var answer = run.Result();
        return isStream && answer.Status == HttpStatusCode.OK ? Events([answer.Body]) : Answer(answer, run.RequestId);
    }

    private HttpResponseMessage Announce(byte[] body)
    {
        var announced = Parse(body);
        var name = announced.ValueKind == JsonValueKind.Object && announced.TryGetProperty("file_name", out var given) ? given.GetString() : null;
        var path = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _uploads)}/{Uri.EscapeDataString(name ?? "upload")}");
        return Json(HttpStatusCode.OK, $$"""{"upload_url":"https://{{UploadHost}}/{{path}}","file_url":"https://{{FileHost}}/{{path}}"}""");
    }

    private HttpResponseMessage Put(Uri url, byte[] body, MediaTypeHeaderValue? type)
    {
        AddFile($"https://{FileHost}{url.AbsolutePath}", body, type?.MediaType ?? "application/octet-stream");
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private HttpResponseMessage Get(Uri url)
    {
        if (!_files.TryGetValue(url.AbsoluteUri, out var file)) return new HttpResponseMessage(HttpStatusCode.NotFound);
        var content = new ReadOnlyMemoryContent(file.Content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(file.Type) } };
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private static JsonElement Parse(byte[] body)
    {
        if (body.Length == 0) return default;
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static HttpResponseMessage Answer((HttpStatusCode Status, string Body, decimal? Units) answer, string? requestId)
    {
        var response = Json(answer.Status, answer.Body);
        if (requestId is not null) response.Headers.Add("x-fal-request-id", requestId);
        if (answer.Units is { } units) response.Headers.Add("x-fal-billable-units", units.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static HttpResponseMessage Events(IEnumerable<string> events)
    {
        var text = string.Concat(events.Select(json => $"data: {json.ReplaceLineEndings("")}\n\n"));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "text/event-stream") };
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string json)
        => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
