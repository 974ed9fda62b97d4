using System.Runtime.ExceptionServices;
using static Fal.Jobs.FalLedgerState;

namespace Fal.Jobs;

/// <summary>Brings the entry of a key to its job, if there is none yet, with the worker of the runner.</summary>
internal sealed class OnceSubmit
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // One submit per key: a job that failed is not paid a second time by itself, and no failure holds up another key.
    private static readonly FalJobPolicy NoLimits =
        new() { Window = 100_000, MaxAttempts = 1, MaxRetries = 1000, MaxConsecutiveFailures = int.MaxValue };

    private readonly IFalLedger _ledger;
    private readonly FalSubmitOnceOptions _options;
    private readonly ClientEffects _effects;
    private readonly EntryWorker _worker;
    private readonly string _owner = Orphans.NewOwner();

    public OnceSubmit(FalClient client, IFalLedger ledger, FalSubmitOnceOptions options)
    {
        (_ledger, _options) = (ledger, options);
        _effects = new ClientEffects(client, ledger, new FalJobRunnerOptions
        {
            Saver = new NoSaver(),
            SubmitOptions = options.Submit is { } submit ? _ => submit : null,
            WebhookUrl = options.WebhookUrl,
            TimeProvider = options.TimeProvider,
        });
        _worker = new EntryWorker(ledger, _effects, options.TimeProvider, Lease);
    }

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    /// <summary>The entry of the key; null if it is free.</summary>
    /// <exception cref="FalKeyConflictException">It has another body.</exception>
    public async Task<FalLedgerEntry?> FindAsync(FalNewEntry wanted, CancellationToken cancellationToken)
    {
        var entry = await _ledger.FindAsync(wanted.Id, cancellationToken).ConfigureAwait(false);
        return entry is null || entry.InputHash == wanted.InputHash ? entry : throw new FalKeyConflictException(wanted.Batch, wanted.Key);
    }

    /// <summary>Adds the entry, unless another process does so at the same time.</summary>
    /// <exception cref="FalKeyConflictException">The other process has another body.</exception>
    public async Task<FalLedgerEntry> AddAsync(FalNewEntry added, CancellationToken cancellationToken)
    {
        if (added.Batch == FalSubmitOnceOptions.DefaultBatch)
            await _ledger.AddBatchAsync(added.Batch, NoLimits, cancellationToken).ConfigureAwait(false);
        await _ledger.AddAsync([added], cancellationToken).ConfigureAwait(false);
        return await ReadAsync(added.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Submits an entry that was not sent, waits while another process does so, and looks for the job of an unknown one.</summary>
    public async Task<FalLedgerEntry> RunAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
    {
        var wireBody = entry.WireBody;
        var isSearched = false;
        for (var round = 0; ; round++)
        {
            // What fal refused is no job. Everything else that went wrong is the entry's state.
            if (_effects.SubmitError is { } error && (FalLedgerRules.IsUnsent(entry.State) || entry.State == Failed))
                ExceptionDispatchInfo.Throw(error);
            var isHeld = entry.LeaseUntil > Now && !(entry.LeaseOwner is { } owner && Orphans.IsGone(owner));
            switch (entry.State)
            {
                case Queued or Uploading or Submitting when isHeld:
                    break;
                case Queued or Uploading when round > 0 && await IsHaltedAsync(entry.Batch, cancellationToken).ConfigureAwait(false):
                    return entry;
                case Queued or Uploading:
                    await ResumeAsync(entry.Batch, cancellationToken).ConfigureAwait(false);
                    await ProcessAsync(entry with { WireBody = wireBody ?? entry.WireBody }, cancellationToken).ConfigureAwait(false);
                    break;
                case Submitting:
                    await ProcessAsync(entry, cancellationToken).ConfigureAwait(false);
                    break;
                case Unknown when !isHeld && !isSearched && entry.DueAt <= Now:
                    isSearched = true;
                    await ProcessAsync(entry, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    return entry;
            }
            var next = await ReadAsync(entry.Id, cancellationToken).ConfigureAwait(false);
            // Another process sends it, or the window is full. A halted batch is not waited for.
            var isWaiting = next.State == entry.State && next.State != Unknown && _effects.SubmitError is null;
            if (isWaiting && !await IsHaltedAsync(next.Batch, cancellationToken).ConfigureAwait(false))
                await _ledger.WaitForWorkAsync(Pause, cancellationToken).ConfigureAwait(false);
            entry = next;
        }
    }

    /// <summary>Stores the end of a job that the caller has waited for.</summary>
    public async Task RecordEndAsync(string id, CancellationToken cancellationToken)
    {
        var entry = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (entry.State != Submitted || entry.LeaseUntil > Now) return;
        var fact = await _effects.PollAsync(entry, cancellationToken).ConfigureAwait(false);
        var batch = await _ledger.FindBatchAsync(entry.Batch, cancellationToken).ConfigureAwait(false);
        var after = FalJobStep.Decide(entry, batch!, fact, Now).After;
        if (after is not null) await _ledger.ApplyAsync(entry, after, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> ProcessAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        => _worker.ProcessAsync(entry with { LeaseOwner = _owner }, cancellationToken);

    private async Task<bool> IsHaltedAsync(string batch, CancellationToken cancellationToken)
        => await _ledger.FindBatchAsync(batch, cancellationToken).ConfigureAwait(false) is { State: not FalBatchState.Running };

    // A wrong key or a locked account ends the call that met it, and does not hold up later ones.
    private async Task ResumeAsync(string batch, CancellationToken cancellationToken)
    {
        if (batch != FalSubmitOnceOptions.DefaultBatch) return;
        var found = await _ledger.FindBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        if (found is null || !IsOfCall(found)) return;
        await _ledger.UpdateBatchAsync(batch, stored => IsOfCall(stored) ? stored.Resume() : stored, cancellationToken).ConfigureAwait(false);

        static bool IsOfCall(FalBatch batch)
            => batch.PauseKind is FalPauseKind.WrongKey or FalPauseKind.AccountLocked or FalPauseKind.Budget;
    }

    private async Task<FalLedgerEntry> ReadAsync(string id, CancellationToken cancellationToken)
        => await _ledger.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The entry {id} was deleted from the ledger while its job was submitted.");

    private sealed class NoSaver : IFalJobSaver
    {
        public Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
            => throw new InvalidOperationException("SubmitOnceAsync saves no files.");
    }
}
