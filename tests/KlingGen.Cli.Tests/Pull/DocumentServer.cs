using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KlingGen.Cli.Tests.Pull;

/// <summary>What the server does with one request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
internal sealed record Answer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public string? RetryAfter { get; init; }

    /// <summary>The connection ends after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>The length that is promised, where it is not the body's.</summary>
    public long? Length { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? After { get; init; }
}

/// <summary>A server on loopback that speaks just enough HTTP to answer well and badly, down to a connection that ends in the middle.</summary>
internal sealed class DocumentServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, int, Answer> _answer;
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Task _loop;
    private int _current;
    private int _most;

    /// <param name="answer">Given a path with its query, and how often it was asked before.</param>
    public DocumentServer(Func<string, int, Answer> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Host => "http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>How often each path was asked.</summary>
    public IReadOnlyDictionary<string, int> Asked => _asked;

    /// <summary>The most requests that were unanswered at once.</summary>
    public int Most => _most;

    public ConcurrentBag<string> Heads { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException)
            {
                break;
            }
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var now = Interlocked.Increment(ref _current);
            for (var most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most)
            {
            }

            var isOpen = true;
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                if (head.Length == 0) return;
                Heads.Add(head);
                var path = head.Split(' ')[1];
                var answer = _answer(path, _asked.AddOrUpdate(path, 1, (_, count) => count + 1) - 1);
                if (answer.After is { } after) await after.WaitAsync(_stop.Token);
                // Before the answer leaves: its reader may send the next request before this method goes on.
                Close();
                await SendAsync(stream, answer);
            }
            catch (Exception ex) when (ex is IOException or OperationCanceledException or SocketException)
            {
                // The caller went away, or the test is over.
            }
            finally
            {
                Close();
            }

            void Close()
            {
                if (isOpen) Interlocked.Decrement(ref _current);
                isOpen = false;
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return "";
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task SendAsync(NetworkStream stream, Answer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var length = (answer.Length ?? body.Length).ToString(CultureInfo.InvariantCulture);
        var retry = answer.RetryAfter is null ? "" : $"Retry-After: {answer.RetryAfter}\r\n";
        var head = $"HTTP/1.1 {answer.Status} Scripted\r\nContent-Type: {answer.ContentType}\r\nContent-Length: {length}\r\n{retry}Connection: "
            + "close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        await stream.WriteAsync(body.AsMemory(0, answer.CutAfter ?? body.Length), _stop.Token);
    }
}
