namespace Fal.Jobs.Tests.Simulation;

/// <summary>A process that stands at a gate until the schedule lets it go on. A killed one never does.</summary>
internal sealed class Process
{
    private Life _life = new();

    public bool IsBusy => _life.Work is { IsCompleted: false };

    /// <summary>The gate of the life that calls it.</summary>
    public Func<Task> Gate
    {
        get
        {
            var life = _life;
            return () =>
            {
                life.Pending = new TaskCompletionSource();
                return life.Pending.Task;
            };
        }
    }

    public void Start(Func<Task> work) => _life.Work = work();

    /// <summary>Lets the process go on to its next gate. False if it has nothing to do.</summary>
    public bool Advance()
    {
        if (!IsBusy) return false;
        var pending = _life.Pending ?? throw new InvalidOperationException("The process waits for something else than a gate.");
        _life.Pending = null;
        pending.SetResult();
        return true;
    }

    public void Kill() => _life = new Life();

    public void ThrowIfFailed()
    {
        if (_life.Work is { IsFaulted: true } work) throw new InvalidOperationException("A process failed.", work.Exception);
    }

    private sealed class Life
    {
        public Task? Work { get; set; }

        public TaskCompletionSource? Pending { get; set; }
    }
}

/// <summary>A ledger with a gate before and after each change.</summary>
internal sealed class GatedLedger(IFalLedger inner, Func<Task> gate) : IFalLedger
{
    public async ValueTask<FalApplyOutcome> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken = default)
    {
        await gate();
        var outcome = await inner.ApplyAsync(before, after, cancellationToken);
        if (outcome == FalApplyOutcome.Applied && after.State == FalLedgerState.Submitting)
        {
            var inFlight = (await inner.CountAsync(null, cancellationToken)).InFlight;
            Assert.True(inFlight <= Schedule.Window, $"{inFlight} jobs are in flight after {after}.");
        }
        await gate();
        return outcome;
    }

    public async ValueTask<FalBatch> UpdateBatchAsync(string name, Func<FalBatch, FalBatch> change, CancellationToken cancellationToken = default)
    {
        await gate();
        return await inner.UpdateBatchAsync(name, change, cancellationToken);
    }

    public ValueTask<FalBatch> AddBatchAsync(string name, FalJobPolicy policy, CancellationToken cancellationToken = default)
        => inner.AddBatchAsync(name, policy, cancellationToken);

    public ValueTask<FalBatch?> FindBatchAsync(string name, CancellationToken cancellationToken = default)
        => inner.FindBatchAsync(name, cancellationToken);

    public ValueTask<IReadOnlyList<FalBatch>> ListBatchesAsync(CancellationToken cancellationToken = default)
        => inner.ListBatchesAsync(cancellationToken);

    public ValueTask<int> AddAsync(IReadOnlyList<FalNewEntry> entries, CancellationToken cancellationToken = default)
        => inner.AddAsync(entries, cancellationToken);

    public ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken = default)
        => inner.ClaimAsync(claim, cancellationToken);

    public ValueTask<FalLedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

    public ValueTask<FalLedgerEntry?> FindByRequestIdAsync(string requestId, CancellationToken cancellationToken = default)
        => inner.FindByRequestIdAsync(requestId, cancellationToken);

    public ValueTask<IReadOnlyList<FalLedgerEntry>> ListAsync(FalLedgerQuery query, CancellationToken cancellationToken = default)
        => inner.ListAsync(query, cancellationToken);

    public ValueTask<FalLedgerCounts> CountAsync(string? batch = null, CancellationToken cancellationToken = default)
        => inner.CountAsync(batch, cancellationToken);

    public ValueTask<int> PurgeAsync(string batch, DateTimeOffset endedBefore, CancellationToken cancellationToken = default)
        => inner.PurgeAsync(batch, endedBefore, cancellationToken);

    public Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => inner.WaitForWorkAsync(atMost, cancellationToken);

    public ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default)
        => inner.TryAddAsync(webhook, cancellationToken);

    public ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default)
        => inner.TakeAsync(lease, cancellationToken);

    public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
        => inner.CompleteAsync(requestId, cancellationToken);

    public ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default)
        => inner.ReleaseAsync(requestId, delay, cancellationToken);
}
