using KlingGen.Planning;

namespace Fal.Emulation;

/// <summary>
/// The faults that are to come. Get it from <see cref="FalEmulator.Faults"/>. Where several fit a call, the one planned
/// first strikes, and only that one.
/// </summary>
public sealed class FalFaultPlan
{
    private readonly object _lock = new();
    private readonly List<FalPlannedFault> _planned = [];
    private readonly Gates _gates;

    internal FalFaultPlan(Gates gates) => _gates = gates;

    /// <summary>The faults that have not struck as often as they were planned to, in the order in which they were planned.</summary>
    public IReadOnlyList<FalPlannedFault> Planned { get { lock (_lock) return [.. _planned]; } }

    /// <summary>Plans a fault.</summary>
    /// <param name="operations">Which kind of call it strikes; several with <c>|</c>.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How many calls it strikes.</param>
    /// <param name="skip">How many calls of this kind it lets pass before.</param>
    /// <param name="endpoints">An endpoint id or a pattern: only calls for these, or about their jobs, count.</param>
    /// <returns>Tells how often it has struck.</returns>
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

    /// <summary>Takes back every fault that has not struck.</summary>
    public void Clear()
    {
        lock (_lock) _planned.Clear();
    }

    /// <summary>Closes the connections to a host, and refuses new ones until the returned object is disposed.</summary>
    /// <param name="service">The host.</param>
    public async Task<IAsyncDisposable> RefuseConnectionsAsync(FalService service = FalService.Queue)
    {
        var gate = _gates[service];
        await gate.CloseAsync().ConfigureAwait(false);
        return new Reopening(gate);
    }

    /// <summary>The fault of this call, if one is due.</summary>
    /// <param name="operation">What the call asks for.</param>
    /// <param name="endpointId">The endpoint that it is for, or whose job it is about; null if it has none.</param>
    internal FalFault? Take(FalOperation operation, string? endpointId)
    {
        lock (_lock)
        {
            FalFault? due = null;
            foreach (var planned in _planned)
            {
                if ((planned.Operations & operation) == 0 || !EndpointGlob.Matches(planned.Endpoints, endpointId ?? "")) continue;
                // Each plan counts the calls that it sees by itself; a call that another fault struck is one of them.
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
