using System.Net;
using System.Net.Sockets;

namespace Fal.Emulation.Tests.QuickstartRuns;

/// <summary>A local proxy that records the requested hosts and refuses every connection.</summary>
internal sealed class RefusingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RefusingProxy()
    {
        _listener.Start();
        _ = RefuseAsync();
    }

    /// <summary>Where the proxy is.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>The first line of the first request.</summary>
    public Task<string> FirstLine => _first.Task.WaitAsync(TimeSpan.FromMinutes(2));

    public void Dispose() => _listener.Dispose();

    private async Task RefuseAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream());
                _first.TrySetResult(await reader.ReadLineAsync() ?? "");
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The rest of the head.
                }
                await client.GetStream().WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
