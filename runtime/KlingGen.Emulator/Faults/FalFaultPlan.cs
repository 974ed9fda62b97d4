using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>
/// The planned faults. Get it from <see cref="FalEmulator.Faults"/>. If several match a call, only the one that was planned
/// first strikes.
/// </summary>
public sealed class FalFaultPlan
{
    private readonly object _lock = new();
    private readonly List<FalPlannedFault> _planned = [];
    private readonly Gates _gates;

    internal FalFaultPlan(Gates gates) => _gates = gates;

    /// <summary>The faults that have not yet struck as often as planned, in the order in which they were added.</summary>
    public IReadOnlyList<FalPlannedFault> Planned { get { lock (_lock) return [.. _planned]; } }

    /// <summary>Plans a fault.</summary>
    /// <param name="operations">The kinds of calls that it strikes; combine several with <c>|</c>.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of calls that it strikes.</param>
    /// <param name="skip">The number of matching calls that pass before.</param>
    /// <param name="endpoints">An endpoint id or a pattern: only calls to these endpoints, or to their jobs, match.</param>
    /// <returns>The planned fault, which counts its strikes.</returns>
    public FalPlannedFault Add(FalOperation operations, FalFault fault, int times = 1, int skip = 0, string endpoints = "**")
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        var planned = new FalPlannedFault(operations, fault, times, skip, endpoints);
        lock (_lock) _planned.Add(planned);
        return planned;
    }

    /// <summary>Removes all planned faults.</summary>
    public void Clear()
    {
        lock (_lock) _planned.Clear();
    }

    /// <summary>Closes the connections of a host, and refuses new ones until the returned object is disposed.</summary>
    /// <param name="service">The host.</param>
    public async Task<IAsyncDisposable> RefuseConnectionsAsync(FalService service = FalService.Queue)
    {
        var gate = _gates[service];
        await gate.CloseAsync().ConfigureAwait(false);
        return new Reopening(gate);
    }

    /// <summary>Gets the fault of this call, if one is due.</summary>
    /// <param name="operation">The operation of the call.</param>
    /// <param name="endpointId">The endpoint of the call or of its job; null if it has none.</param>
    internal FalFault? Take(FalOperation operation, string? endpointId)
    {
        lock (_lock)
        {
            FalFault? due = null;
            foreach (var planned in _planned)
            {
                if ((planned.Operations & operation) == 0 || !EndpointGlob.Matches(planned.Endpoints, endpointId ?? "")) continue;
                // Each planned fault counts its own matching calls, including calls that another fault struck.
                if (planned.IsDue() && due is null) due = planned.Strike();
            }
            _planned.RemoveAll(planned => planned.IsSpent);
            return due;
        }
    }

    private sealed class Reopening(Gate gate) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await gate.OpenAsync().ConfigureAwait(false);
    }
}
