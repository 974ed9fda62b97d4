using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fal.Tests.Harness;

/// <summary>What the server does with the connection on which a request arrives; false ends the connection.</summary>
public delegate Task<bool> ServerStep(ServerExchange exchange);

/// <summary>
/// A plain HTTP/1.1 server on the loopback address, scripted down to single bytes. Steps are taken in order, the last
/// one for ever.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Queue<ServerStep> _steps;
    private readonly ConcurrentQueue<ServerExchange.Arrival> _requests = new();
    private readonly ConcurrentQueue<byte[]> _bytes = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _work = [];
    private Socket? _listener;
    private int _connections;

    /// <summary>Starts to listen.</summary>
    public ScriptedServer(params ServerStep[] steps)
    {
        _steps = new Queue<ServerStep>(steps);
        Start();
    }

    /// <summary>The port; it stays the same over <see cref="Stop"/> and <see cref="Start"/>.</summary>
    public int Port { get; private set; }

    /// <summary>The server's own address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => _open.Count;

    /// <summary>Requests whose head arrived, with as much of the body as the step read.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests.Select(arrival => arrival.ToRequest(Port))];

    /// <summary>Every byte that came in, on all connections.</summary>
    public byte[] Received => [.. _bytes.SelectMany(chunk => chunk)];

    /// <summary>Adds a step to the end of the script.</summary>
    public ScriptedServer Then(ServerStep step)
    {
        lock (_steps) _steps.Enqueue(step);
        return this;
    }

    /// <summary>Stops to listen: the port then refuses connections.</summary>
    public void Stop()
    {
        var listener = _listener;
        _listener = null;
        listener?.Dispose();
    }

    /// <summary>Listens again.</summary>
    public void Start()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        lock (_work) _work.Add(AcceptAsync(listener));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await _stop.CancelAsync();
        foreach (var socket in _open.Keys) socket.Dispose();
        Task[] work;
        lock (_work) work = [.. _work];
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(60));
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(_stop.Token);
            }
            catch (SocketException) when (ReferenceEquals(listener, _listener) && !_stop.IsCancellationRequested)
            {
                // The client reset its connection before it was accepted; the next one is served.
                continue;
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            Interlocked.Increment(ref _connections);
            _open[socket] = true;
            lock (_work) _work.Add(ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            var exchange = new ServerExchange(socket, _bytes.Enqueue, _requests.Enqueue, _stop.Token);
            while (await exchange.ReadHeadAsync())
            {
                ServerStep step;
                lock (_steps)
                {
                    if (_steps.Count == 0) return;
                    step = _steps.Count > 1 ? _steps.Dequeue() : _steps.Peek();
                }
                if (!await step(exchange)) return;
            }
        }
        catch (Exception ex) when (ex is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side left, or the test is over.
        }
        finally
        {
            _open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}

/// <summary>One request on one connection of a <see cref="ScriptedServer"/>.</summary>
public sealed class ServerExchange(Socket socket, Action<byte[]> record, Action<ServerExchange.Arrival> arrived, CancellationToken stop)
{
    private readonly List<byte> _buffer = [];
    private Arrival _request = new([]);

    /// <summary>Ends when the server is disposed.</summary>
    public CancellationToken Stopping => stop;

    /// <summary>The method of the request.</summary>
    public string Method => _request.Lines[0].Split(' ')[0];

    /// <summary>The path of the request, without its query.</summary>
    public string Path => _request.Lines[0].Split(' ')[1].Split('?')[0];

    /// <summary>Length that the request announced.</summary>
    public int ContentLength { get; private set; }

    /// <summary>Reads up to the end of a request's head; false when the connection ended.</summary>
    public async Task<bool> ReadHeadAsync()
    {
        int end;
        while ((end = HeadEnd()) < 0)
            if (!await ReceiveAsync()) return false;
        _request = new Arrival(Encoding.Latin1.GetString([.. _buffer.Take(end)]).Split("\r\n"));
        _buffer.RemoveRange(0, end + 4);
        arrived(_request);
        var length = _request.Lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        ContentLength = length is null ? 0 : int.Parse(length.AsSpan(15), provider: System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Reads this many bytes of the body; all of it when not told.</summary>
    public async Task ReadBodyAsync(int? count = null)
    {
        if (_request.Lines.Any(line => line.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)))
        {
            await ReadChunksAsync();
            return;
        }
        var wanted = Math.Min(count ?? ContentLength, ContentLength);
        while (_request.Count < wanted)
        {
            if (_buffer.Count == 0 && !await ReceiveAsync()) return;
            var take = Math.Min(wanted - _request.Count, _buffer.Count);
            _request.Add(_buffer.Take(take));
            _buffer.RemoveRange(0, take);
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), stop);
    }

    /// <summary>Breaks the connection with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private async Task ReadChunksAsync()
    {
        while (true)
        {
            var size = Convert.ToInt32(await ReadLineAsync(), 16);
            for (var read = 0; read < size + 2; read++)
            {
                while (_buffer.Count == 0)
                    if (!await ReceiveAsync()) return;
                if (read < size) _request.Add([_buffer[0]]);
                _buffer.RemoveAt(0);
            }
            if (size == 0) return;
        }
    }

    private async Task<string> ReadLineAsync()
    {
        int end;
        while ((end = _buffer.IndexOf((byte)'\n')) < 0)
            if (!await ReceiveAsync()) throw new IOException("The request ended inside a chunk.");
        var line = Encoding.ASCII.GetString([.. _buffer.Take(end)]).Trim();
        _buffer.RemoveRange(0, end + 1);
        return line;
    }

    private int HeadEnd()
    {
        for (var i = 0; i + 3 < _buffer.Count; i++)
            if (_buffer[i] == '\r' && _buffer[i + 1] == '\n' && _buffer[i + 2] == '\r' && _buffer[i + 3] == '\n') return i;
        return -1;
    }

    private async Task<bool> ReceiveAsync()
    {
        var chunk = new byte[16 * 1024];
        var count = await socket.ReceiveAsync(chunk.AsMemory(), stop);
        if (count == 0) return false;
        Array.Resize(ref chunk, count);
        record(chunk);
        _buffer.AddRange(chunk);
        return true;
    }

    /// <summary>A request as far as it arrived; its body may still grow.</summary>
    public sealed class Arrival(string[] lines)
    {
        private readonly List<byte> _body = [];

        /// <summary>The lines of the head.</summary>
        public string[] Lines => lines;

        /// <summary>Bytes of the body so far.</summary>
        public int Count { get { lock (_body) return _body.Count; } }

        /// <summary>Adds to the body.</summary>
        public void Add(IEnumerable<byte> bytes)
        {
            lock (_body) _body.AddRange(bytes);
        }

        /// <summary>What arrived so far.</summary>
        public RecordedRequest ToRequest(int port)
        {
            var first = lines[0].Split(' ');
            var headers = lines.Skip(1).Select(line => line.Split(':', 2))
                .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1].Trim() : ""))
                .ToArray();
            lock (_body) return new RecordedRequest(first[0], new Uri($"http://127.0.0.1:{port}{first[1]}"), headers, [.. _body]);
        }
    }
}
