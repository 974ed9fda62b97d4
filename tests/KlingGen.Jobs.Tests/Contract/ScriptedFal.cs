using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Fal.Jobs.Tests.Contract;

/// <summary>fal as an HTTP handler that counts submits and answers as told.</summary>
public sealed class ScriptedFal : HttpMessageHandler
{
    private readonly ConcurrentQueue<string> _submits = new();
    private int _requests;

    /// <summary>The bodies of the submits that arrived.</summary>
    public IReadOnlyList<string> Submits => [.. _submits];

    /// <summary>How many calls of any kind arrived.</summary>
    public int Requests => _requests;

    /// <summary>Runs when a submit has arrived; null accepts it.</summary>
    public Func<Task<HttpResponseMessage?>>? OnSubmit { get; set; }

    /// <summary>The answer to a status call of the job with this request id; null for a completed job.</summary>
    public Func<string, HttpResponseMessage?>? OnStatus { get; set; }

    /// <summary>The billable units in the header of results; null for no header.</summary>
    public string? BillableUnits { get; set; }

    /// <summary>A client of this fal.</summary>
    public FalClient CreateClient(Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions { Key = "key:secret", HttpHandler = this };
        change?.Invoke(options);
        return new FalClient(options);
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string json)
        => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var url = request.RequestUri!;
        if (url.Host != "queue.fal.run") return Answer(HttpStatusCode.OK, """{"items":[],"has_more":false,"next_cursor":null}""");
        if (request.Method == HttpMethod.Post)
        {
            _submits.Enqueue(await request.Content!.ReadAsStringAsync(cancellationToken));
            var answer = OnSubmit is null ? null : await OnSubmit();
            return answer ?? Answer(HttpStatusCode.OK, $$"""{"request_id":"{{Guid.NewGuid()}}","status":"IN_QUEUE","queue_position":0}""");
        }
        if (url.AbsolutePath.EndsWith("/status", StringComparison.Ordinal))
            return OnStatus?.Invoke(url.Segments[^2].TrimEnd('/')) ?? Answer(HttpStatusCode.OK, """{"status":"COMPLETED"}""");
        var result = Answer(HttpStatusCode.OK, """{"video":{"url":"https://files.invalid/clip.mp4"}}""");
        if (BillableUnits is { } units) result.Headers.Add("x-fal-billable-units", units);
        return result;
    }
}
