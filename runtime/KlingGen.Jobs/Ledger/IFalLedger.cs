namespace Fal.Jobs;

/// <summary>
/// A ledger of paid jobs: inputs, intents to submit, request ids and results, shared by any number of processes. Each method is one transaction.
/// A ledger is also a durable inbox of webhooks.
/// </summary>
/// <remarks>
/// What keeps a job from being paid twice is <see cref="ApplyAsync"/>: a compare-and-swap on the fence. The rules about what may follow what, the
/// window and the budget are in <see cref="FalLedgerRules"/>, so that every ledger has the same.
/// </remarks>
public interface IFalLedger : IFalWebhookInbox
{
    /// <summary>Adds a batch, unless the ledger has one of this name, and returns the one that it has afterwards.</summary>
    /// <param name="name">The name: 1 to 128 characters.</param>
    /// <param name="policy">The limits of a new batch. An existing one keeps its own; change them with <see cref="UpdateBatchAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<FalBatch> AddBatchAsync(string name, FalJobPolicy policy, CancellationToken cancellationToken = default);

    /// <summary>The batch of this name; null if there is none.</summary>
    ValueTask<FalBatch?> FindBatchAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>All batches, by name.</summary>
    ValueTask<IReadOnlyList<FalBatch>> ListBatchesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a batch: pauses, resumes or stops it, or sets its policy. The batch is locked while <paramref name="change"/> runs. When the state
    /// becomes <see cref="FalBatchState.Stopped"/>, the entries that are queued, uploading or paused become cancelled in the same transaction, with
    /// the batch's reason, their fence moved on.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="change">
    /// From the batch to what is stored. Name, AddedAt and Committed are kept as they were. It may run more than once.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The ledger has no such batch.</exception>
    ValueTask<FalBatch> UpdateBatchAsync(string name, Func<FalBatch, FalBatch> change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds entries, all or none. An entry whose key is present with the same <see cref="FalNewEntry.InputHash"/> is the same job: nothing changes.
    /// </summary>
    /// <param name="entries">The entries, in order. Give thousands at a time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of entries that are new.</returns>
    /// <exception cref="FalKeyConflictException">A key is present with another body. Nothing was added.</exception>
    /// <exception cref="ArgumentException">The ledger has no batch of an entry.</exception>
    ValueTask<int> AddAsync(IReadOnlyList<FalNewEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases entries that are due (<c>DueAt</c> is not after now) and whose lease is absent or over, by <c>DueAt</c>, then <c>Sequence</c>. Two
    /// concurrent claims never return the same entry. Owner and end of the lease are stored and the fence is moved on, so that a former owner can
    /// change nothing more.
    /// </summary>
    /// <param name="claim">What to claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores a changed entry, if the stored fence is that of <paramref name="before"/>; the fence is then <c>before.Fence + 1</c>. A change that
    /// <see cref="FalLedgerRules.AffectsBatch"/> reads the batch under a lock, counts the entries in flight over the whole ledger, asks
    /// <see cref="FalLedgerRules.EvaluateChange"/> and stores the batch, all in this transaction.
    /// </summary>
    /// <param name="before">The entry as it was read, with its fence.</param>
    /// <param name="after">
    /// The entry as it shall be. Id, Batch, Key, EndpointId, Input, InputHash, Output, TraceParent, Sequence and AddedAt do not change.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException"><see cref="FalLedgerRules.ValidateChange"/> does not allow the change.</exception>
    ValueTask<FalApplyOutcome> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken = default);

    /// <summary>The entry with this id; null if there is none. The id for a key comes from <see cref="FalNewEntry.GetId"/>.</summary>
    ValueTask<FalLedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// The entry whose job has this request id, or had it (<see cref="FalLedgerEntry.FormerRequestIds"/>); null if there is none.
    /// </summary>
    ValueTask<FalLedgerEntry?> FindByRequestIdAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>A page of entries, by <c>Sequence</c>.</summary>
    ValueTask<IReadOnlyList<FalLedgerEntry>> ListAsync(FalLedgerQuery query, CancellationToken cancellationToken = default);

    /// <summary>How many entries there are in each state, and what they cost.</summary>
    /// <param name="batch">The batch; null for the whole ledger.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<FalLedgerCounts> CountAsync(string? batch = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes entries of a batch that ended (saved, failed or cancelled) before a time, and returns how many. Their keys are free again, so a key
    /// that is added once more is a new job. The batch keeps its committed cost. Handled webhooks of any batch are deleted too, once they are older
    /// than that and than <see cref="FalLedgerRules.HandledWebhooksAreKept"/>.
    /// </summary>
    ValueTask<int> PurgeAsync(string batch, DateTimeOffset endedBefore, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns when there may be work that was not there before, such as an added entry or a webhook, and at the latest after a time.
    /// </summary>
    /// <param name="atMost">The longest wait, by the ledger's clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default);
}

/// <summary>What <see cref="IFalLedger.ClaimAsync"/> leases.</summary>
public sealed record FalClaim
{
    /// <summary>The name of the process, such as <c>host:1234:8f3a</c>; unique per run.</summary>
    public required string Owner { get; init; }

    /// <summary>Which entries.</summary>
    public required FalClaimKind Kind { get; init; }

    /// <summary>At most so many.</summary>
    public required int Limit { get; init; }

    /// <summary>How long the lease lasts; 5 minutes unless set.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Only entries of this batch; null for all.</summary>
    public string? Batch { get; init; }
}

/// <summary>The two kinds of work.</summary>
public enum FalClaimKind
{
    /// <summary>Queued and uploading entries, of batches that run: what leads to a new submit.</summary>
    New,

    /// <summary>Submitting, submitted, finished and unknown entries of all batches: paid jobs continue while a batch is paused.</summary>
    Started,
}

/// <summary>Which entries <see cref="IFalLedger.ListAsync"/> returns.</summary>
public sealed record FalLedgerQuery
{
    /// <summary>Only those of this batch; null for all.</summary>
    public string? Batch { get; init; }

    /// <summary>Only those in one of these states; empty for all.</summary>
    public IReadOnlyList<FalLedgerState> States { get; init; } = [];

    /// <summary>Only those that have a <see cref="FalLedgerEntry.LeaseOwner"/>; false for all.</summary>
    public bool IsLeased { get; init; }

    /// <summary>Only those after this <c>Sequence</c>: that of the last entry of the page before.</summary>
    public long? After { get; init; }

    /// <summary>At most so many; 1,000 unless set.</summary>
    public int Limit { get; init; } = 1000;
}

/// <summary>How many entries there are.</summary>
public sealed record FalLedgerCounts
{
    /// <summary>The number per state; states without entries may be left out.</summary>
    public required IReadOnlyDictionary<FalLedgerState, int> States { get; init; }

    /// <summary>The sum of <see cref="FalLedgerEntry.Cost"/>.</summary>
    public decimal Cost { get; init; }

    /// <summary>The number of all entries.</summary>
    public int Total => States.Values.Sum();

    /// <summary>The number of entries that count in the window: submitting and submitted.</summary>
    public int InFlight => this[FalLedgerState.Submitting] + this[FalLedgerState.Submitted];

    /// <summary>The number of entries in a state.</summary>
    /// <param name="state">The state.</param>
    public int this[FalLedgerState state] => States.TryGetValue(state, out var count) ? count : 0;
}

/// <summary>What <see cref="IFalLedger.ApplyAsync"/> did.</summary>
public enum FalApplyOutcome
{
    /// <summary>The change is stored.</summary>
    Applied,

    /// <summary>The entry has another fence, or is not there: read it again. Nothing changed.</summary>
    Conflict,

    /// <summary>Another entry has the request id of the changed token, or had it. Nothing changed.</summary>
    RequestIdTaken,

    /// <summary>The batch is paused or stopped, so nothing is submitted. Nothing changed.</summary>
    BatchHalted,

    /// <summary>The window is full. Nothing changed.</summary>
    WindowFull,

    /// <summary>The budget does not suffice. Nothing changed.</summary>
    OverBudget,
}
