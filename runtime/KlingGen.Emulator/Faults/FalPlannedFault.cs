namespace Fal.Emulation;

/// <summary>A planned fault and the number of its strikes.</summary>
public sealed class FalPlannedFault
{
    private int _skip;
    private int _struck;

    internal FalPlannedFault(FalOperation operations, FalFault fault, int times, int skip, string endpoints)
    {
        Operations = operations;
        Fault = fault;
        Endpoints = endpoints;
        Times = times;
        _skip = skip;
    }

    /// <summary>The kinds of calls that it strikes.</summary>
    public FalOperation Operations { get; }

    /// <summary>The fault.</summary>
    public FalFault Fault { get; }

    /// <summary>The pattern of the endpoints that it matches.</summary>
    public string Endpoints { get; }

    /// <summary>The number of calls that it strikes.</summary>
    public int Times { get; }

    /// <summary>The number of calls that it has struck.</summary>
    public int Struck => Volatile.Read(ref _struck);

    internal bool IsSpent => _struck >= Times;

    /// <summary>Counts a matching call and returns whether the fault is due.</summary>
    internal bool IsDue()
    {
        if (_skip == 0) return !IsSpent;
        _skip--;
        return false;
    }

    internal FalFault Strike()
    {
        _struck++;
        return Fault;
    }
}
