namespace Fal.Jobs;

/// <summary>The limits of a batch. They are stored with it, so that every process keeps the same.</summary>
public sealed record FalJobPolicy
{
    /// <summary>
    /// How many jobs may be in flight: submitted, or on their way, over all batches of the ledger; 8 unless set.
    /// Twice the account's concurrency keeps fal busy; a wrong prompt or a used-up balance then costs few jobs. A job whose outcome was unknown
    /// counts again once it is found, which may exceed the window but submits nothing.
    /// </summary>
    public int Window { get; init; } = 8;

    /// <summary>The most that the batch may cost, in the currency of the price list; null for no limit.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Lets entries whose cost is unknown pass the budget, where they count as zero; false unless set.</summary>
    public bool AllowUnknownCost { get; init; }

    /// <summary>How many submits one entry may need, when jobs fail in a way that may pass; 3 unless set. Each may be charged.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>
    /// How often in a row a step that costs nothing (an upload, a refused submit, a save) may fail before the entry fails; 10 unless set.
    /// </summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>How many entries may fail or become unknown in a row before the batch is paused; 10 unless set.</summary>
    public int MaxConsecutiveFailures { get; init; } = 10;

    /// <summary>
    /// What happens to an entry whose outcome is still unknown after <see cref="UnknownHorizon"/>; it is left for a person unless set.
    /// </summary>
    public FalUnknownPolicy UnknownPolicy { get; init; }

    /// <summary>
    /// How long the webhook and the request list are waited for when an outcome is unknown; 24 hours unless set. It must be longer than the start
    /// timeout and the longest run together, because fal may list a request only once it has ended.
    /// </summary>
    public TimeSpan UnknownHorizon { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The window for an account: twice the number of jobs that fal runs for it at once, so that a next one is always queued.</summary>
    /// <param name="concurrency">The account's concurrency; null where it is not known, which makes a window of 8.</param>
    public static int GetWindow(int? concurrency) => concurrency is { } atOnce and > 0 ? (int)Math.Min(2L * atOnce, 100_000) : 8;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value cannot work. The message names it.</exception>
    public void Validate()
    {
        if (Window is < 1 or > 100_000) throw new ArgumentException("FalJobPolicy.Window must be 1 to 100,000.");
        if (Budget < 0) throw new ArgumentException("FalJobPolicy.Budget must not be negative.");
        if (MaxAttempts is < 1 or > 1000) throw new ArgumentException("FalJobPolicy.MaxAttempts must be 1 to 1,000.");
        if (MaxRetries is < 0 or > 1000) throw new ArgumentException("FalJobPolicy.MaxRetries must be 0 to 1,000.");
        if (MaxConsecutiveFailures < 1) throw new ArgumentException("FalJobPolicy.MaxConsecutiveFailures must be at least 1.");
        if (!Enum.IsDefined(UnknownPolicy)) throw new ArgumentException("FalJobPolicy.UnknownPolicy must be a value of FalUnknownPolicy.");
        if (UnknownHorizon < TimeSpan.FromMinutes(1)) throw new ArgumentException("FalJobPolicy.UnknownHorizon must be at least a minute.");
    }
}

/// <summary>What happens to an entry whose outcome stays unknown.</summary>
public enum FalUnknownPolicy
{
    /// <summary>A person decides. The default.</summary>
    LeaveForPerson,

    /// <summary>It is submitted again after the horizon. This may pay twice: set it only where that is cheaper than a person.</summary>
    ResubmitAfterHorizon,
}
