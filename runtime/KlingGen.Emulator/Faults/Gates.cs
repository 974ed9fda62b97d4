using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Fal.Emulation;

/// <summary>Factory of the listeners, with a gate for each. The web server itself can only stop as a whole.</summary>
internal sealed class Gates : IConnectionListenerFactory
{
    private readonly List<Gate> _gates = [];
    private IConnectionListenerFactory? _sockets;

    /// <summary>The gate of a host. The hosts are bound in the order of the enum.</summary>
    public Gate this[FalService service] => _gates[(int)service];

    /// <summary>Sets the factory of the real listeners.</summary>
    public Gates Wrap(IConnectionListenerFactory sockets)
    {
        _sockets = sockets;
        return this;
    }

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var gate = new Gate(_sockets!, await _sockets!.BindAsync(endpoint, cancellationToken).ConfigureAwait(false));
        _gates.Add(gate);
        return gate;
    }
}
