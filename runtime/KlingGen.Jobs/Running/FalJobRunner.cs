using System.Diagnostics;

namespace Fal.Jobs;

/// <summary>
/// Works on the entries of a ledger: uploads, submits, follows and saves. Any number of runners, in any number of processes, may share a ledger.
/// </summary>
public sealed class FalJobRunner
{
    private const int SearchesBeforeIdle = 3;

    private readonly FalClient _client;
    private readonly IFalLedger _ledger;
    private readonly FalJobRunnerOptions _options;
    private readonly ClientEffects _effects;
    private readonly EntryWorker _worker;
    private readonly string _owner;

    /// <summary>Creates a runner.</summary>
    /// <param name="client">The client; its key pays.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option cannot work.</exception>
    public FalJobRunner(FalClient client, IFalLedger ledger, FalJobRunnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_client, _ledger, _options) = (client, ledger, options);
        _owner = options.Engine?.Owner ?? Orphans.NewOwner();
        _effects = new ClientEffects(client, ledger, options);
        _worker = new EntryWorker(ledger, _effects, options.TimeProvider, options.Lease, Report);
    }

    /// <summary>
    /// Works on all batches until it is cancelled. Steps under way end first; a submit under way is waited for, so that its job is known.
    /// </summary>
    /// <param name="cancellationToken">Stops the runner. It returns; it does not throw.</param>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <summary>
    /// Works on one batch until there is nothing more to do: every entry has ended, or is unknown and was searched for, or the batch is paused or
    /// stopped and its running jobs are saved.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Stops the runner. It returns; it does not throw.</param>
    /// <returns>The batch as it is then. A paused one has the reason.</returns>
    public async Task<FalBatch> RunUntilIdleAsync(string batch, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(batch);
        _ = await FindBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        await RunAsync(batch, cancellationToken).ConfigureAwait(false);
        return await FindBatchAsync(batch, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Works on one entry that the caller has claimed, until it waits or has ended: for engines with timers of their own.</summary>
    /// <param name="claimed">The entry as <see cref="IFalLedger.ClaimAsync"/> returned it.</param>
    /// <param name="cancellationToken">Cancels the step, but not a submit under way.</param>
    /// <returns>Whether the window refused the submit, so that no further queued entries should be claimed for now.</returns>
    public Task<bool> ProcessAsync(FalLedgerEntry claimed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return _worker.ProcessAsync(claimed, cancellationToken);
    }

    /// <summary>
    /// Works at once on the entries that dead processes hold, instead of after the end of their leases: for engines that know which processes died.
    /// </summary>
    /// <param name="isGone">Whether the process with this <see cref="FalLedgerEntry.LeaseOwner"/> is known to be dead.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The number of entries.</returns>
    public async Task<int> RecoverAsync(Func<string, bool> isGone, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isGone);
        var orphans = await Orphans.FindAsync(_ledger, null, _options.TimeProvider, isGone, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(orphans.Select(orphan => WorkAsync(orphan, cancellationToken))).ConfigureAwait(false);
        return orphans.Count;
    }

    /// <summary>
    /// Records the job that a verified webhook names. An entry whose outcome was unknown has its job again, and a running job is polled at
    /// once. A webhook of an earlier submit changes nothing.
    /// </summary>
    /// <param name="submitId">The id from the signed URL: <see cref="FalLedgerEntry.SubmitId"/>.</param>
    /// <param name="requestId">The request id of the webhook.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the entry has this job now.</returns>
    public async Task<bool> RecordWebhookAsync(string submitId, string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(submitId);
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        var id = FalLedgerEntry.ParseSubmitId(submitId);
        if (await _ledger.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } entry) return false;
        var token = _client.Endpoint(entry.EndpointId).Resume(requestId).ToToken();
        return await _worker.RecordAsync(id, stored => stored.SubmitId == submitId, new FalJobFound(token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Records the job that a verified webhook names, and the result that it carries, so that the queue need not be asked: the entry is finished, and
    /// its files are saved next. Its cost is the estimate, as a webhook names none. A failure, and a result that fal left out, are fetched.
    /// </summary>
    /// <param name="submitId">The id from the signed URL: <see cref="FalLedgerEntry.SubmitId"/>.</param>
    /// <param name="webhook">The webhook.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the webhook belongs to the current submit of an entry.</returns>
    public async Task<bool> RecordWebhookAsync(string submitId, FalWebhook webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        if (!await RecordWebhookAsync(submitId, webhook.RequestId, cancellationToken).ConfigureAwait(false)) return false;
        var id = FalLedgerEntry.ParseSubmitId(submitId);
        if (await _ledger.FindAsync(id, cancellationToken).ConfigureAwait(false) is { State: FalLedgerState.Submitted } entry
            && entry.RequestId == webhook.RequestId
            && _effects.Read(webhook) is { } succeeded)
        {
            // No poll will see the end of this job, so its telemetry is recorded here.
            if (await _worker.FinishAsync(id, submitId, succeeded, cancellationToken).ConfigureAwait(false))
            {
                var trace = entry.Token?.TraceParent ?? entry.TraceParent;
                FalDiagnostics.RecordJobEnd(webhook, entry.EndpointId, trace, entry.SubmittedAt, _client.Observer, _options.TimeProvider);
            }
        }
        return true;
    }

    private async Task RunAsync(string? batch, CancellationToken cancellationToken)
    {
        var running = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        var pace = new NewWorkPace(_options);
        // An engine knows by itself which of its processes died.
        Func<string, bool>? isGone = _options.Engine is null ? Orphans.IsGone : null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    if (isGone is not null)
                    {
                        var orphans = await Orphans.FindAsync(_ledger, batch, _options.TimeProvider, isGone, cancellationToken).ConfigureAwait(false);
                        foreach (var orphan in orphans.Where(orphan => !running.ContainsKey(orphan.Id))) Begin(orphan, running, cancellationToken);
                        isGone = null;
                    }
                    var claimed = await ClaimAsync(batch, running, pace, cancellationToken).ConfigureAwait(false);
                    if (running.Count == 0 && batch is not null)
                    {
                        if (await IsIdleAsync(batch, cancellationToken).ConfigureAwait(false)) return;
                    }
                    await WaitAsync(running, claimed > 0, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    Report(ex);
                    // The commit of a claim may have taken place although its answer was lost: then entries have this owner and no work.
                    isGone = _options.Engine is null ? owner => owner == _owner || Orphans.IsGone(owner) : owner => owner == _owner;
                    await Task.Delay(_options.PollInterval, _options.TimeProvider, cancellationToken)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                foreach (var (id, ended) in running.Where(work => work.Value.IsCompleted).ToList())
                {
                    running.Remove(id);
                    if (await ended.ConfigureAwait(false)) pace.WindowIsFull();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A stop is no error.
        }
        finally
        {
            await Task.WhenAll(running.Values).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Claims entries and begins to work on them. No claim is cancelled, and the work begins before the next claim: an entry that was claimed and
    /// then forgotten would wait for the end of its lease.
    /// </summary>
    private async Task<int> ClaimAsync(string? batch, Dictionary<string, Task<bool>> running, NewWorkPace pace, CancellationToken cancellationToken)
    {
        var room = _options.Concurrency - running.Count;
        if (room <= 0) return 0;
        var claim = new FalClaim { Owner = _owner, Kind = FalClaimKind.Started, Limit = room, Lease = _options.Lease, Batch = batch };
        var started = await _ledger.ClaimAsync(claim, CancellationToken.None).ConfigureAwait(false);
        foreach (var entry in started) Begin(entry, running, cancellationToken);
        var limit = cancellationToken.IsCancellationRequested ? 0 : pace.Take(room - started.Count);
        if (limit == 0) return started.Count;
        var added = await _ledger.ClaimAsync(claim with { Kind = FalClaimKind.New, Limit = limit }, CancellationToken.None).ConfigureAwait(false);
        foreach (var entry in added) Begin(entry, running, cancellationToken);
        return started.Count + added.Count;
    }

    // An entry that this runner works on can be claimed again, after the end of its lease. Its fence stops the earlier work.
    private void Begin(FalLedgerEntry entry, Dictionary<string, Task<bool>> running, CancellationToken cancellationToken)
    {
        var work = WorkAsync(entry, cancellationToken);
        running[entry.Id] = running.TryGetValue(entry.Id, out var earlier) ? BothAsync(earlier, work) : work;

        static async Task<bool> BothAsync(Task<bool> earlier, Task<bool> work)
            => (await Task.WhenAll(earlier, work).ConfigureAwait(false)).Contains(true);
    }

    private async Task<bool> WorkAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            var work = _options.Engine is { } engine
                ? engine.DispatchAsync(entry, cancellationToken) : _worker.ProcessAsync(entry, cancellationToken);
            return await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (_options.Engine is null) await ReleaseAsync(entry).ConfigureAwait(false);
            return false;
        }
        catch (Exception ex)
        {
            // The entry keeps its lease, and is taken again after it.
            Report(ex);
            return false;
        }
    }

    /// <summary>Ends the lease of an entry whose step a stop has cancelled, so that another process continues at once.</summary>
    private async Task ReleaseAsync(FalLedgerEntry claimed)
    {
        try
        {
            var entry = await _ledger.FindAsync(claimed.Id, CancellationToken.None).ConfigureAwait(false);
            if (entry?.LeaseUntil is null || entry.LeaseOwner != claimed.LeaseOwner || entry.State == FalLedgerState.Submitting) return;
            await _ledger.ApplyAsync(entry, entry with { LeaseOwner = null, LeaseUntil = null }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            // Then the lease ends by its time.
            Report(ex);
        }
    }

    private async Task WaitAsync(Dictionary<string, Task<bool>> running, bool hasNews, CancellationToken cancellationToken)
    {
        if (hasNews && running.Count < _options.Concurrency) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = _ledger.WaitForWorkAsync(_options.PollInterval, stop.Token);
        await Task.WhenAny([work, .. running.Values]).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> IsIdleAsync(string name, CancellationToken cancellationToken)
    {
        var batch = await FindBatchAsync(name, cancellationToken).ConfigureAwait(false);
        var counts = await _ledger.CountAsync(name, cancellationToken).ConfigureAwait(false);
        // What these pauses stand for stops polls and saves as well.
        if (batch.PauseKind is FalPauseKind.WrongKey or FalPauseKind.AccountLocked or FalPauseKind.DiskFull) return true;
        if (counts.InFlight + counts[FalLedgerState.Finished] > 0) return false;
        if (batch.State == FalBatchState.Running && counts[FalLedgerState.Queued] + counts[FalLedgerState.Uploading] > 0) return false;
        if (counts[FalLedgerState.Unknown] == 0) return true;
        var query = new FalLedgerQuery { Batch = name, States = [FalLedgerState.Unknown] };
        var unknown = await _ledger.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return unknown.All(entry => entry.Retries >= SearchesBeforeIdle);
    }

    private async Task<FalBatch> FindBatchAsync(string name, CancellationToken cancellationToken)
        => await _ledger.FindBatchAsync(name, cancellationToken).ConfigureAwait(false) ?? throw FalLedgerRules.CreateBatchNotFound(name);

    private void Report(Exception exception)
    {
        try
        {
            _options.OnError?.Invoke(exception);
        }
        catch (Exception ex)
        {
            // A log that fails does not stop paid work.
            Debug.WriteLine(ex);
        }
    }

    /// <summary>
    /// How many queued entries are claimed at a time. While the window is full, claims would only be given back, so one entry is tried per interval;
    /// when the window has room again, the number doubles with each claim.
    /// </summary>
    private sealed class NewWorkPace(FalJobRunnerOptions options)
    {
        private DateTimeOffset _next = DateTimeOffset.MinValue;
        private int _limit = options.Concurrency;

        public void WindowIsFull() => (_limit, _next) = (1, options.TimeProvider.GetUtcNow() + options.PollInterval);

        public int Take(int room)
        {
            if (room <= 0 || options.TimeProvider.GetUtcNow() < _next) return 0;
            var limit = Math.Min(room, _limit);
            _limit = Math.Min(options.Concurrency, _limit * 2);
            return limit;
        }
    }
}
