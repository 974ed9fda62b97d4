using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fal.Tests.Harness;

/// <summary>Answers for a <see cref="ScriptedHandler"/>.</summary>
public static class Replies
{
    private static readonly ConditionalWeakTable<Answer, object> Bodiless = [];

    /// <summary>A JSON answer; headers as <c>"name: value"</c>.</summary>
    public static Answer Json(string json, int status = 200, params string[] headers)
        => (_, _) => Task.FromResult(Response(status, "application/json", Encoding.UTF8.GetBytes(json), headers));

    /// <summary>An HTML answer.</summary>
    public static Answer Html(string html, int status = 200, params string[] headers)
        => (_, _) => Task.FromResult(Response(status, "text/html", Encoding.UTF8.GetBytes(html), headers));

    /// <summary>An answer with these bytes.</summary>
    public static Answer Bytes(byte[] body, string contentType, int status = 200, params string[] headers)
        => (_, _) => Task.FromResult(Response(status, contentType, body, headers));

    /// <summary>An answer without a body.</summary>
    public static Answer Empty(int status = 200, params string[] headers) => (_, _) => Task.FromResult(Response(status, null, [], headers));

    /// <summary>An answer whose body follows a script; <paramref name="length"/> is what Content-Length says, if anything.</summary>
    public static Answer Body(string contentType, int status, long? length, string[] headers, params BodyStep[] steps)
        => (_, _) => Task.FromResult(ApplyHeaders(new ScriptedBody(length, steps), status, contentType, headers));

    /// <summary>A server-sent event stream that follows a script.</summary>
    public static Answer Events(params BodyStep[] steps) => Body("text/event-stream", 200, null, [], steps);

    /// <summary>The page that the proxy in front of fal shows when it cannot reach fal.</summary>
    public static Answer NginxPage(int status = 502, params string[] headers)
        => Html($"<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{status} Bad "
            + "Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n", status, headers);

    /// <summary>A failure instead of an answer. <paramref name="afterBody"/>: the request's body was read first.</summary>
    public static Answer Fail(Func<Exception> exception, bool afterBody = true)
    {
        Answer answer = (_, _) => Task.FromException<HttpResponseMessage>(exception());
        return afterBody ? answer : Unread(answer);
    }

    /// <summary>Connection refused before a byte was sent.</summary>
    public static Answer Refused() => Fail(
        () => new HttpRequestException(
            HttpRequestError.ConnectionError,
            "Connection refused",
            new SocketException((int)SocketError.ConnectionRefused)), afterBody: false);

    /// <summary>The connection broke after the request had been read.</summary>
    public static Answer Reset() => Fail(
        () => new HttpRequestException(
            HttpRequestError.Unknown,
            "An error occurred while sending the request.",
            new IOException("Connection reset by peer", new SocketException((int)SocketError.ConnectionReset))));

    /// <summary>Never answers; ends only when the request is cancelled.</summary>
    public static Answer Never() => async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Unreachable.");
    };

    /// <summary>Like <see cref="Never"/>, but the request's body is not even read: a connection that does not come up.</summary>
    public static Answer NeverConnects() => Unread(Never());

    /// <summary>The same answer, but the request's body is not read before it.</summary>
    public static Answer Unread(Answer answer)
    {
        Bodiless.AddOrUpdate(answer, answer);
        return answer;
    }

    /// <summary>Body step: these bytes.</summary>
    public static BodyStep Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Body step: these bytes.</summary>
    public static BodyStep Send(byte[] bytes) => _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(bytes);

    /// <summary>Body step: nothing more comes until the reader gives up.</summary>
    public static BodyStep Stall() => async cancellationToken =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return default;
    };

    /// <summary>Body step: the connection breaks.</summary>
    public static BodyStep Cut()
        => _ => ValueTask.FromException<ReadOnlyMemory<byte>>(new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

    internal static bool LeavesBody(Answer? answer) => answer is not null && Bodiless.TryGetValue(answer, out _);

    private static HttpResponseMessage Response(int status, string? contentType, byte[] body, string[] headers)
        => ApplyHeaders(new ScriptedBody(body.Length, Send(body)), status, contentType, headers);

    private static HttpResponseMessage ApplyHeaders(ScriptedBody body, int status, string? contentType, string[] headers)
    {
        HttpResponseMessage response = new WatchedResponse((HttpStatusCode)status) { Body = body, Content = body };
        if (contentType is not null) body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (header[..colon], header[(colon + 1)..].Trim());
            if (!response.Headers.TryAddWithoutValidation(name, value)) body.Headers.TryAddWithoutValidation(name, value);
        }
        return response;
    }
}

/// <summary>Holds a request until the test lets it go.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource<Answer> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a request stands at the gate.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Lets the request go on with this answer.</summary>
    public void Open(Answer answer) => _open.TrySetResult(answer);

    /// <summary>The answer to put into a script.</summary>
    public Answer Answer => async (request, cancellationToken) =>
    {
        _reached.TrySetResult();
        var answer = await _open.Task.WaitAsync(cancellationToken);
        return await answer(request, cancellationToken);
    };

    /// <summary>The gate as a step of a body: reached when the reader gets here; opening it goes on with the next step.</summary>
    public BodyStep Step => async cancellationToken =>
    {
        _reached.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return default;
    };

    /// <summary>Opens a gate that stands inside a body.</summary>
    public void Open() => _open.TrySetResult(Replies.Empty());
}
