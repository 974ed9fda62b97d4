using System.Net;
using System.Text;

namespace Fal.Tests.Harness;

/// <summary>Answers one request: looks at it, waits if it wants to, and returns a response or throws.</summary>
public delegate Task<HttpResponseMessage> Answer(RecordedRequest request, CancellationToken cancellationToken);

/// <summary>
/// Stands in for the network. Answers come from routes (<see cref="On(string,string,Answer)"/>) where one fits, else from the queue in order. Every
/// request is recorded; every response is watched until it is disposed.
/// </summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly object _lock = new();
    private readonly Queue<Answer> _queue = new();
    private readonly List<(Func<RecordedRequest, bool> Fits, Queue<Answer> Answers)> _routes = [];
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<WatchedResponse> _responses = [];
    private readonly List<(int Count, TaskCompletionSource Done)> _waits = [];

    /// <summary>When true, the handler does not read the request's body: like a connection that never came to be.</summary>
    public bool LeaveBodiesUnread { get; set; }

    /// <summary>Everything that was sent, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests { get { lock (_lock) return [.. _requests]; } }

    /// <summary>The only request that was sent.</summary>
    public RecordedRequest Request => Assert.Single(Requests);

    /// <summary>Responses handed out and not disposed yet.</summary>
    public int OpenResponses { get { lock (_lock) return _responses.Count(response => !response.Disposed); } }

    /// <summary>Body streams handed out and not disposed yet.</summary>
    public int OpenStreams { get { lock (_lock) return _responses.Count(response => response.Body is { Opened: true, Disposed: false }); } }

    /// <summary>How many requests used this method.</summary>
    public int Count(string method) => Requests.Count(request => request.Method == method);

    /// <summary>Queues an answer for the next request that no route takes.</summary>
    public ScriptedHandler Then(Answer answer)
    {
        lock (_lock) _queue.Enqueue(answer);
        return this;
    }

    /// <summary>Queues a JSON answer; headers as <c>"name: value"</c>.</summary>
    public ScriptedHandler Json(string json, int status = 200, params string[] headers) => Then(Replies.Json(json, status, headers));

    /// <summary>Queues an HTML answer, as proxies in front of fal give.</summary>
    public ScriptedHandler Html(string html, int status, params string[] headers) => Then(Replies.Html(html, status, headers));

    /// <summary>Queues a failure. <paramref name="afterBody"/>: the body was read first, as when a connection breaks late.</summary>
    public ScriptedHandler Fails(Func<Exception> exception, bool afterBody = true) => Then(Replies.Fail(exception, afterBody));

    /// <summary>Answers every matching request; several answers are given in turn, the last one for ever.</summary>
    public ScriptedHandler On(string method, string pathPart, params Answer[] answers)
        => On(request => request.Method == method && request.Url.AbsoluteUri.Contains(pathPart, StringComparison.Ordinal), answers);

    /// <summary>Answers every matching request; several answers are given in turn, the last one for ever.</summary>
    public ScriptedHandler On(Func<RecordedRequest, bool> fits, params Answer[] answers)
    {
        lock (_lock) _routes.Add((fits, new Queue<Answer>(answers)));
        return this;
    }

    /// <summary>Answers every matching request in the same way.</summary>
    public ScriptedHandler On(string method, string pathPart, Answer answer) => On(method, pathPart, [answer]);

    /// <summary>Completes when this many requests have arrived.</summary>
    public async Task RequestsSeenAsync(int count)
    {
        TaskCompletionSource done;
        lock (_lock)
        {
            if (_requests.Count >= count) return;
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, done));
        }
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Completes when every response handed out so far is disposed.</summary>
    public Task AllClosedAsync()
    {
        lock (_lock) return Task.WhenAll(_responses.ConvertAll(response => response.Closed)).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Fails the test if a response or a body stream was left open.</summary>
    public void AssertAllDisposed()
    {
        Assert.Equal(0, OpenStreams);
        Assert.Equal(0, OpenResponses);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var recorded = await RecordAsync(request, read: false, cancellationToken);
        Answer? answer;
        lock (_lock) answer = Choose(recorded);
        if (!LeaveBodiesUnread && !Replies.LeavesBody(answer)) recorded = await RecordAsync(request, read: true, cancellationToken);
        List<TaskCompletionSource> met = [];
        lock (_lock)
        {
            _requests.Add(recorded);
            _waits.RemoveAll(wait =>
            {
                if (_requests.Count < wait.Count) return false;
                met.Add(wait.Done);
                return true;
            });
        }
        met.ForEach(wait => wait.TrySetResult());
        if (answer is null) throw new InvalidOperationException($"The script has no answer for {recorded}.");
        var response = await answer(recorded, cancellationToken);
        response.RequestMessage ??= request;
        if (response is WatchedResponse watched) lock (_lock) _responses.Add(watched);
        return response;
    }

    private Answer? Choose(RecordedRequest request)
    {
        foreach (var (fits, answers) in _routes)
            if (fits(request)) return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        return _queue.Count > 0 ? _queue.Dequeue() : null;
    }

    private static async Task<RecordedRequest> RecordAsync(HttpRequestMessage request, bool read, CancellationToken cancellationToken)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var header in request.Headers.NonValidated)
            foreach (var value in header.Value) headers.Add(new(header.Key, value));
        if (request.Content is not null)
            foreach (var header in request.Content.Headers.NonValidated)
                foreach (var value in header.Value) headers.Add(new(header.Key, value));
        var body = Array.Empty<byte>();
        if (read && request.Content is not null)
        {
            using var buffer = new MemoryStream();
            await request.Content.CopyToAsync(buffer, cancellationToken);
            body = buffer.ToArray();
        }
        return new RecordedRequest(request.Method.Method, request.RequestUri!, headers, body);
    }
}
