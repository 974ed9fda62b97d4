using System.Diagnostics;

namespace Fal.Jobs;

/// <summary>A batch of a ledger: its policy, whether it runs, and the figures that every submit is checked against.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalBatch
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The policy.</summary>
    public FalJobPolicy Policy { get; init; } = new();

    /// <summary>Whether entries of the batch are submitted.</summary>
    public FalBatchState State { get; init; }

    /// <summary>Why the batch is paused; null unless it is.</summary>
    public FalPauseKind? PauseKind { get; init; }

    /// <summary>The reason as a message.</summary>
    public string? Reason { get; init; }

    /// <summary>The sum of <see cref="FalLedgerEntry.Committed"/> over its entries, which the ledger keeps up to date.</summary>
    public decimal Committed { get; init; }

    /// <summary>How many entries in a row failed or became unknown, which the ledger keeps up to date.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>When the batch was added.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>A copy that submits nothing more until it is resumed. A paused or stopped batch stays as it is.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="reason">The message.</param>
    public FalBatch Pause(FalPauseKind kind, string reason)
        => State != FalBatchState.Running ? this : this with { State = FalBatchState.Paused, PauseKind = kind, Reason = reason };

    /// <summary>A copy that runs again, with no failures counted. A stopped batch runs again as well; its cancelled entries stay cancelled.</summary>
    public FalBatch Resume() => this with { State = FalBatchState.Running, PauseKind = null, Reason = null, ConsecutiveFailures = 0 };

    /// <summary>A copy that is stopped: the ledger cancels its entries that were not submitted. Running jobs continue and are saved.</summary>
    /// <param name="reason">Why.</param>
    public FalBatch Stop(string reason) => this with { State = FalBatchState.Stopped, PauseKind = null, Reason = reason };

    /// <summary>The name and the state.</summary>
    public override string ToString() => $"{Name}: {FalLedgerText.ToWord(State)}{(Reason is null ? "" : $" ({Reason})")}";
}

/// <summary>Whether entries of a batch are submitted.</summary>
public enum FalBatchState
{
    /// <summary>They are.</summary>
    Running,

    /// <summary>They are not, until the batch is resumed. Jobs that run at fal are followed and saved.</summary>
    Paused,

    /// <summary>They are cancelled. Jobs that run at fal are followed and saved.</summary>
    Stopped,
}

/// <summary>Why a batch is paused.</summary>
public enum FalPauseKind
{
    /// <summary>A person paused it.</summary>
    Person,

    /// <summary>fal has locked the account, for instance because its balance is used up.</summary>
    AccountLocked,

    /// <summary>fal did not accept the key.</summary>
    WrongKey,

    /// <summary>The batch has a budget, and the price list does not know what an entry costs.</summary>
    UnknownPrice,

    /// <summary>The budget does not suffice for the next entry.</summary>
    Budget,

    /// <summary>The disk of the results is full.</summary>
    DiskFull,

    /// <summary>As many entries in a row failed as <see cref="FalJobPolicy.MaxConsecutiveFailures"/> allows.</summary>
    ConsecutiveFailures,
}
