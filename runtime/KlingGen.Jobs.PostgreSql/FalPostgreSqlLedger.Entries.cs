using Npgsql;

namespace Fal.Jobs;

public sealed partial class FalPostgreSqlLedger
{
    private const string RequestIdKey = "request_pkey";

    /// <inheritdoc/>
    public async ValueTask<int> AddAsync(IReadOnlyList<FalNewEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var distinct = new Dictionary<string, FalNewEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!distinct.TryAdd(entry.Id, entry) && distinct[entry.Id].InputHash != entry.InputHash)
                throw new FalKeyConflictException(entry.Batch, entry.Key);
        }
        if (distinct.Count == 0) return 0;
        var added = await WriteAsync(connection => AddAsync(connection, [.. distinct.Values], cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (added > 0) Announce();
        return added;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await WriteAsync(
            async connection =>
            {
                await using var prepare = Command(connection, LedgerSql.PrepareClaim);
                prepare.Parameters.Text("batch", claim.Batch);
                var (oldestProgram, running) = (await ListAsync(
                    prepare, row => (row.GetInt32(0), row.GetFieldValue<string[]>(1)), cancellationToken).ConfigureAwait(false))[0];
                _schema.RequireProgram(oldestProgram);
                if (claim.Kind == FalClaimKind.New && running.Length == 0) return [];
                var now = Now;
                await using var command = Command(connection, claim.Kind == FalClaimKind.New ? LedgerSql.ClaimNew : LedgerSql.ClaimStarted);
                command.Parameters.Text("owner", claim.Owner).Time("now", now).Time("until", now + claim.Lease).Number("limit", claim.Limit);
                if (claim.Kind == FalClaimKind.New) command.Parameters.Texts("running", running);
                else command.Parameters.Text("batch", claim.Batch);
                return await ListAsync(command, LedgerRows.ReadEntry, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<FalApplyOutcome> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken = default)
    {
        FalLedgerRules.ValidateChange(before, after);
        if (_joined is not null && after.State == FalLedgerState.Submitting)
        {
            throw new InvalidOperationException(
                "An intent to submit must be committed before the request is sent. Store it with the ledger that has not joined a transaction.");
        }
        FalApplyOutcome outcome;
        try
        {
            outcome = await WriteAsync(
                connection => FalLedgerRules.AffectsBatch(before, after)
                    ? ApplyWithBatchAsync(connection, before, after, cancellationToken)
                    : StoreAsync(connection, before, after, null, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException ex) when (ex is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: RequestIdKey })
        {
            return FalApplyOutcome.RequestIdTaken;
        }
        if (outcome == FalApplyOutcome.Applied && MakesWork(before, after)) Announce();
        return outcome;
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default)
        => EntryAsync(LedgerSql.FindEntry, "id", id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindByRequestIdAsync(string requestId, CancellationToken cancellationToken = default)
        => EntryAsync(LedgerSql.FindEntryByRequestId, "request_id", requestId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalLedgerEntry>> ListAsync(FalLedgerQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, LedgerSql.ListEntries);
                command.Parameters
                    .Text("batch", query.Batch)
                    .Texts("states", query.States.Count == 0 ? null : query.States.Select(FalLedgerText.ToWord))
                    .Number("after", query.After)
                    .Flag("is_leased", query.IsLeased)
                    .Number("limit", query.Limit);
                return await ListAsync(command, LedgerRows.ReadEntry, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerCounts> CountAsync(string? batch = null, CancellationToken cancellationToken = default)
        => ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, LedgerSql.CountEntries);
                command.Parameters.Text("batch", batch);
                var rows = await ListAsync(
                    command,
                    row => (State: FalLedgerText.ParseState(row.GetString(0)), Count: row.GetInt32(1), Cost: row.GetDecimal(2)),
                    cancellationToken).ConfigureAwait(false);
                return new FalLedgerCounts { States = rows.ToDictionary(row => row.State, row => row.Count), Cost = rows.Sum(row => row.Cost) };
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(string batch, DateTimeOffset endedBefore, CancellationToken cancellationToken = default)
        => WriteAsync(
            async connection =>
            {
                await using (var webhooks = Command(connection, LedgerSql.PurgeWebhooks))
                {
                    var kept = Now - FalLedgerRules.HandledWebhooksAreKept;
                    webhooks.Parameters.Time("before", endedBefore < kept ? endedBefore : kept);
                    await webhooks.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
                await using var entries = Command(connection, LedgerSql.Purge);
                entries.Parameters.Text("batch", batch).Time("before", endedBefore);
                return await entries.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Whether another process may have something to do: the entry itself, or one that waits for a place in the window.</summary>
    private bool MakesWork(FalLedgerEntry before, FalLedgerEntry after)
        => (FalLedgerRules.IsInFlight(before.State) && !FalLedgerRules.IsInFlight(after.State))
            || (FalLedgerRules.GetClaimKind(after.State) is not null && after.DueAt <= Now && !(after.LeaseUntil > Now));

    private async ValueTask<int> AddAsync(NpgsqlConnection connection, List<FalNewEntry> entries, CancellationToken cancellationToken)
    {
        var batches = entries.Select(entry => entry.Batch).Distinct(StringComparer.Ordinal).ToList();
        await using (var find = Command(connection, LedgerSql.FindBatchNames))
        {
            find.Parameters.Texts("names", batches);
            var found = await ListAsync(find, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            if (batches.Except(found, StringComparer.Ordinal).FirstOrDefault() is { } missing) throw FalLedgerRules.CreateBatchNotFound(missing);
        }
        int added;
        await using (var insert = Command(connection, LedgerSql.AddEntries))
        {
            insert.Parameters
                .Texts("ids", entries.Select(entry => entry.Id))
                .Texts("batches", entries.Select(entry => entry.Batch))
                .Texts("keys", entries.Select(entry => entry.Key))
                .Texts("endpoint_ids", entries.Select(entry => entry.EndpointId))
                .Texts("inputs", entries.Select(entry => entry.Input))
                .Texts("input_hashes", entries.Select(entry => entry.InputHash))
                .Texts("outputs", entries.Select(entry => entry.Output))
                .Texts("trace_parents", entries.Select(entry => entry.TraceParent))
                .Texts("media", entries.Select(entry => FalLedgerText.WriteMedia(entry.Media)))
                .Time("now", Now);
            added = await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        if (added < entries.Count)
        {
            await using var compare = Command(connection, LedgerSql.FindKeyConflict);
            compare.Parameters.Texts("ids", entries.Select(entry => entry.Id)).Texts("input_hashes", entries.Select(entry => entry.InputHash));
            var conflicts = await ListAsync(compare, row => (row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false);
            foreach (var (batch, key) in conflicts) throw new FalKeyConflictException(batch, key);
        }
        if (added > 0)
        {
            await using var notify = Command(connection, LedgerSql.Notify);
            await notify.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        return added;
    }

    private async ValueTask<FalApplyOutcome> ApplyWithBatchAsync(
        NpgsqlConnection connection, FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken)
    {
        var isIntent = after.State == FalLedgerState.Submitting;
        FalBatch? stored = null;
        long? fence = null;
        var inFlight = 0;
        // Each statement of the batch has a snapshot of its own, so what follows a lock sees what was committed before the lock was granted.
        await using (var read = new NpgsqlBatch(connection))
        {
            if (isIntent)
            {
                Add(read, LedgerSql.CommitDurably);
                Add(read, LedgerSql.LockLedger);
            }
            Add(read, LedgerSql.LockBatch).Text("name", before.Batch);
            Add(read, LedgerSql.LockEntry).Text("id", before.Id);
            if (isIntent) Add(read, LedgerSql.CountInFlight);
            await using var reader = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (isIntent)
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            }
            if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) stored = LedgerRows.ReadBatch(reader);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) fence = reader.GetInt64(0);
            if (isIntent)
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                inFlight = reader.GetInt32(0);
            }
        }
        if (stored is null || fence != before.Fence) return FalApplyOutcome.Conflict;
        var outcome = FalLedgerRules.EvaluateChange(stored, before, after, inFlight, out var changed);
        if (outcome != FalApplyOutcome.Applied) return outcome;
        return await StoreAsync(connection, before, after, ReferenceEquals(changed, stored) ? null : changed, cancellationToken)
            .ConfigureAwait(false);
    }

    private async ValueTask<FalApplyOutcome> StoreAsync(
        NpgsqlConnection connection, FalLedgerEntry before, FalLedgerEntry after, FalBatch? changed, CancellationToken cancellationToken)
    {
        await using var write = new NpgsqlBatch(connection);
        LedgerRows.WriteEntry(Add(write, LedgerSql.UpdateEntry), before, after);
        if (after.RequestId is { } requestId && requestId != before.RequestId)
            Add(write, LedgerSql.AddRequest).Text("request_id", requestId).Text("id", before.Id).Number("fence", before.Fence);
        if (changed is not null) LedgerRows.WriteBatch(Add(write, LedgerSql.UpdateBatch), changed);
        if (MakesWork(before, after)) Add(write, LedgerSql.Notify);
        await write.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return write.BatchCommands[0].RecordsAffected == 1 ? FalApplyOutcome.Applied : FalApplyOutcome.Conflict;
    }

    private ValueTask<FalLedgerEntry?> EntryAsync(string sql, string parameter, string value, CancellationToken cancellationToken)
        => ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, sql);
                command.Parameters.Text(parameter, value);
                return (await ListAsync(command, LedgerRows.ReadEntry, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
            },
            cancellationToken);
}
