namespace Fal.Jobs;

/// <summary>What to do next with an entry: the output of <see cref="FalJobStep.Decide"/>.</summary>
/// <param name="Kind">What to do.</param>
public sealed record FalJobAction(FalJobActionKind Kind)
{
    /// <summary>The entry to store; only for <see cref="FalJobActionKind.Store"/>.</summary>
    public FalLedgerEntry? After { get; init; }

    /// <summary>The fact to decide about next, once the entry is stored; null ends the work on the entry.</summary>
    public FalJobFact? Then { get; init; }

    /// <summary>Pauses the batch, before anything is stored; null to leave it.</summary>
    public FalPauseKind? Pause { get; init; }

    /// <summary>Why the batch is paused.</summary>
    public string? PauseReason { get; init; }
}

/// <summary>The kinds of actions.</summary>
public enum FalJobActionKind
{
    /// <summary>Nothing: another process has the entry.</summary>
    Drop,

    /// <summary>Stores the entry by compare-and-swap.</summary>
    Store,

    /// <summary>Uploads local media that have no URL, or an old one, and makes the body.</summary>
    MakeBody,

    /// <summary>Sends the stored body. Follows a stored intent and nothing else.</summary>
    Submit,

    /// <summary>Asks for the status, and for the result of a job that has ended.</summary>
    Poll,

    /// <summary>Saves the files of the result.</summary>
    Save,

    /// <summary>Looks for the job in the account's request list.</summary>
    Search,
}
