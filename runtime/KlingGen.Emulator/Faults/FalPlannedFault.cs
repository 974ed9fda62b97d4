namespace Fal.Emulation;

/// <summary>A fault that was planned, and what has become of it.</summary>
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

    /// <summary>Which kinds of call it strikes.</summary>
    public FalOperation Operations { get; }

    /// <summary>What goes wrong.</summary>
    public FalFault Fault { get; }

    /// <summary>The pattern of the endpoints that it is for.</summary>
    public string Endpoints { get; }

    /// <summary>How often it is to strike.</summary>
    public int Times { get; }

    /// <summary>How often it has struck.</summary>
    public int Struck => Volatile.Read(ref _struck);

    internal bool IsSpent => _struck >= Times;

    /// <summary>Whether the fault is due for a call that fits; counts the call.</summary>
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
