using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Fal.Emulation;

/// <summary>A listener that can be closed and reopened on the same port.</summary>
internal sealed class Gate(IConnectionListenerFactory sockets, IConnectionListener first) : IConnectionListener
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile IConnectionListener? _listener = first;
    private volatile TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _over;

    public EndPoint EndPoint { get; } = first.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!_over)
        {
            if (_listener is { } listener && await listener.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } connection)
            {
                _open[connection] = true;
                connection.ConnectionClosed.Register(() => _open.TryRemove(connection, out _));
                return connection;
            }
            // The listener ended because the gate was closed, or because the server stops.
            if (_listener is null) await _opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    /// <summary>Refuses new connections and aborts open ones.</summary>
    public async Task CloseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_listener is not { } listener) return;
            _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _listener = null;
            await listener.UnbindAsync().ConfigureAwait(false);
            await listener.DisposeAsync().ConfigureAwait(false);
            foreach (var connection in _open.Keys) connection.Abort();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Accepts connections again.</summary>
    public async Task OpenAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_over || _listener is not null) return;
            _listener = await sockets.BindAsync(EndPoint).ConfigureAwait(false);
            _opened.TrySetResult();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        // A server that is stopped immediately passes a cancelled token, but its listener must be unbound anyway.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _over = true;
            _opened.TrySetResult();
            if (_listener is { } listener) await listener.UnbindAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is { } listener) await listener.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
