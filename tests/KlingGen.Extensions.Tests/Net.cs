using System.Net;
using System.Text;

namespace Fal.Tests;

/// <summary>Stands in for the network as the primary handler of a factory: answers each request and remembers what it was.</summary>
internal sealed class Net(Func<HttpRequestMessage, HttpResponseMessage>? answer = null) : HttpMessageHandler
{
    public List<string> Sent { get; } = [];

    public List<string?> Keys { get; } = [];

    /// <summary>A queue that accepts every request as job <c>r-1</c>, which is over at once.</summary>
    public static HttpResponseMessage Queue(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
    {
        _ when request.Method == HttpMethod.Post => Json("""{"request_id":"r-1","status":"IN_QUEUE","queue_position":2}"""),
        var path when path.EndsWith("/status", StringComparison.Ordinal) => Json("""{"status":"COMPLETED","metrics":{"inference_time":1.5}}"""),
        _ => Json("""{"url":"https://files.example/a.mp4"}"""),
    };

    public static HttpResponseMessage Json(string text, HttpStatusCode status = HttpStatusCode.OK)
        => new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content) await content.CopyToAsync(Stream.Null, cancellationToken);
        lock (Sent)
        {
            Sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            Keys.Add(request.Headers.Authorization?.Parameter);
        }
        var response = (answer ?? Queue)(request);
        response.RequestMessage = request;
        return response;
    }
}
