namespace Fal.Jobs;

/// <summary>A ledger in memory, for tests: it keeps the contract and forgets everything when the process ends, so it protects no money.</summary>
public sealed class FalMemoryLedger : IFalLedger
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, FalBatch> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FalLedgerEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InboxRow> _webhooks = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    public FalMemoryLedger(TimeProvider? timeProvider = null) => _time = timeProvider ?? TimeProvider.System;

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <inheritdoc/>
    public ValueTask<FalBatch> AddBatchAsync(string name, FalJobPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        lock (_gate)
        {
            if (!_batches.TryGetValue(name, out var batch)) _batches[name] = batch = new FalBatch { Name = name, Policy = policy, AddedAt = Now };
            return new(batch);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalBatch?> FindBatchAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_gate) return new(_batches.GetValueOrDefault(name));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalBatch>> ListBatchesAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate) return new([.. _batches.Values.OrderBy(batch => batch.Name, StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public ValueTask<FalBatch> UpdateBatchAsync(string name, Func<FalBatch, FalBatch> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            var before = Require(name);
            var after = change(before) with { Name = name, AddedAt = before.AddedAt, Committed = before.Committed };
            after.Policy.Validate();
            _batches[name] = after;
            if (after.State == FalBatchState.Stopped)
            {
                foreach (var entry in _entries.Values.Where(entry => entry.Batch == name && FalLedgerRules.IsUnsent(entry.State)).ToList())
                    _entries[entry.Id] = FalLedgerRules.Cancel(entry, after.Reason, Now) with { Fence = entry.Fence + 1 };
            }
            Announce();
            return new(after);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(IReadOnlyList<FalNewEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        lock (_gate)
        {
            var added = new Dictionary<string, FalLedgerEntry>(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                _ = Require(entry.Batch);
                var present = _entries.GetValueOrDefault(entry.Id) ?? added.GetValueOrDefault(entry.Id);
                if (present is null) added[entry.Id] = entry.ToEntry(Now, _sequence + added.Count + 1);
                else if (present.InputHash != entry.InputHash) throw new FalKeyConflictException(entry.Batch, entry.Key);
            }
            foreach (var entry in added.Values) _entries[entry.Id] = entry;
            _sequence += added.Count;
            Announce();
            return new(added.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_gate)
        {
            var now = Now;
            var claimed = _entries.Values
                .Where(entry => FalLedgerRules.GetClaimKind(entry.State) == claim.Kind && entry.DueAt <= now && !(entry.LeaseUntil > now))
                .Where(entry => claim.Batch is null || entry.Batch == claim.Batch)
                .Where(entry => claim.Kind == FalClaimKind.Started || _batches[entry.Batch].State == FalBatchState.Running)
                .OrderBy(entry => entry.DueAt).ThenBy(entry => entry.Sequence)
                .Take(claim.Limit)
                .Select(entry => entry with { LeaseOwner = claim.Owner, LeaseUntil = now + claim.Lease, Fence = entry.Fence + 1 })
                .ToList();
            foreach (var entry in claimed) _entries[entry.Id] = entry;
            return new(claimed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalApplyOutcome> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken = default)
    {
        FalLedgerRules.ValidateChange(before, after);
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(before.Id)?.Fence != before.Fence) return new(FalApplyOutcome.Conflict);
            if (after.RequestId is { } requestId && requestId != before.RequestId && FindOwner(requestId) is { } owner && owner.Id != after.Id)
                return new(FalApplyOutcome.RequestIdTaken);
            if (FalLedgerRules.AffectsBatch(before, after))
            {
                var inFlight = _entries.Values.Count(entry => FalLedgerRules.IsInFlight(entry.State));
                var outcome = FalLedgerRules.EvaluateChange(_batches[before.Batch], before, after, inFlight, out var batch);
                if (outcome != FalApplyOutcome.Applied) return new(outcome);
                _batches[before.Batch] = batch;
            }
            _entries[after.Id] = after with { Fence = before.Fence + 1 };
            Announce();
            return new(FalApplyOutcome.Applied);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_gate) return new(_entries.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindByRequestIdAsync(string requestId, CancellationToken cancellationToken = default)
    {
        lock (_gate) return new(FindOwner(requestId));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalLedgerEntry>> ListAsync(FalLedgerQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            var found = _entries.Values
                .Where(entry => query.Batch is null || entry.Batch == query.Batch)
                .Where(entry => query.States.Count == 0 || query.States.Contains(entry.State))
                .Where(entry => !query.IsLeased || entry.LeaseOwner is not null)
                .Where(entry => query.After is not { } after || entry.Sequence > after);
            return new([.. found.OrderBy(entry => entry.Sequence).Take(query.Limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerCounts> CountAsync(string? batch = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var entries = _entries.Values.Where(entry => batch is null || entry.Batch == batch).ToList();
            return new(new FalLedgerCounts
            {
                States = entries.GroupBy(entry => entry.State).ToDictionary(group => group.Key, group => group.Count()),
                Cost = entries.Sum(entry => entry.Cost),
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(string batch, DateTimeOffset endedBefore, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var ended = _entries.Values.Where(entry => entry.Batch == batch && entry.IsEnded && entry.EndedAt < endedBefore).ToList();
            foreach (var entry in ended) _entries.Remove(entry.Id);
            var kept = Now - FalLedgerRules.HandledWebhooksAreKept;
            var handled = _webhooks.Values.Where(row => row.IsHandled && row.FreeAt < kept && row.FreeAt < endedBefore).ToList();
            foreach (var row in handled) _webhooks.Remove(row.Webhook.RequestId);
            return new(ended.Count);
        }
    }

    /// <inheritdoc/>
    public async Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        Task news;
        lock (_gate) news = _news.Task;
        try
        {
            await news.WaitAsync(atMost, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing was notified; entries may have become due by now.
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        lock (_gate)
        {
            var isNew = _webhooks.TryAdd(webhook.RequestId, new InboxRow(webhook with { Attempt = 0 }, ++_sequence, Now, IsHandled: false));
            if (isNew) Announce();
            return new(isNew);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var now = Now;
            var row = _webhooks.Values.Where(row => !row.IsHandled && row.FreeAt <= now).MinBy(row => row.Sequence);
            if (row is null) return new((FalInboxWebhook?)null);
            var webhook = row.Webhook with { Attempt = row.Webhook.Attempt + 1 };
            _webhooks[webhook.RequestId] = row with { Webhook = webhook, FreeAt = now + lease };
            return new(webhook);
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_webhooks.TryGetValue(requestId, out var row))
                _webhooks[requestId] = row with { Webhook = row.Webhook with { Body = default }, FreeAt = Now, IsHandled = true };
            return default;
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_webhooks.TryGetValue(requestId, out var row) && !row.IsHandled) _webhooks[requestId] = row with { FreeAt = Now + delay };
            return default;
        }
    }

    private FalLedgerEntry? FindOwner(string requestId)
        => _entries.Values.FirstOrDefault(entry => entry.RequestId == requestId || entry.FormerRequestIds.Contains(requestId));

    private FalBatch Require(string batch)
        => _batches.GetValueOrDefault(batch) ?? throw FalLedgerRules.CreateBatchNotFound(batch);

    private void Announce()
    {
        var news = _news;
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        news.TrySetResult();
    }

    // FreeAt is the end of the lease; of a handled webhook, the time at which it was handled.
    private sealed record InboxRow(FalInboxWebhook Webhook, long Sequence, DateTimeOffset FreeAt, bool IsHandled);
}
