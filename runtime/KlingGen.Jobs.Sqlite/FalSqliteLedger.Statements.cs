using Microsoft.Data.Sqlite;

namespace Fal.Jobs;

public sealed partial class FalSqliteLedger
{
    private SqliteTransaction? _transaction;

    private DateTimeOffset Now() => EntryColumns.ToTime(EntryColumns.ToNumber(_time.GetUtcNow()));

    private async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read();
        }
        catch (SqliteException ex)
        {
            throw Explain(_connection.DataSource, ex);
        }
        finally
        {
            _turn.Release();
        }
    }

    // An immediate transaction takes the write lock first, so that what it reads cannot change under it.
    private async ValueTask<T> WriteAsync<T>(Func<T> write, CancellationToken cancellationToken, bool announces = true)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _transaction = transaction;
            var result = write();
            transaction.Commit();
            return result;
        }
        catch (SqliteException ex)
        {
            throw Explain(_connection.DataSource, ex);
        }
        finally
        {
            _transaction = null;
            _turn.Release();
            if (announces)
                Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The SQL consists of constants and of words of FalLedgerText; every value is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        return command;
    }

    private static List<T> ReadAll<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        using var row = command.ExecuteReader();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    private static string Words(IEnumerable<FalLedgerState> states) => string.Join(", ", states.Select(state => $"'{FalLedgerText.ToWord(state)}'"));

    private static string Words(Func<FalLedgerState, bool> has) => Words(Enum.GetValues<FalLedgerState>().Where(has));

    private FalBatch? FindBatch(string name)
    {
        using var command = Command($"select {EntryColumns.Batch} from klinggen_batch where name = $name");
        EntryColumns.Add(command, "$name", name);
        return ReadAll(command, EntryColumns.ReadBatch).FirstOrDefault();
    }

    private void StoreBatch(FalBatch batch)
    {
        using var command = Command(
            "update klinggen_batch set policy = $policy, state = $batch_state, pause_kind = $pause_kind, reason = $batch_reason, "
            + "committed = $batch_committed, consecutive_failures = $failures where name = $name");
        EntryColumns.BindBatch(command, batch);
        command.ExecuteNonQuery();
    }

    private void CancelUnsent(FalBatch batch)
    {
        using var command = Command(
            $"select {EntryColumns.All} from klinggen_entry where batch = $batch and state in ({Words(FalLedgerRules.IsUnsent)})");
        EntryColumns.Add(command, "$batch", batch.Name);
        foreach (var entry in ReadAll(command, EntryColumns.Read)) Store(FalLedgerRules.Cancel(entry, batch.Reason, Now()), entry.Fence);
    }

    private int Add(FalNewEntry entry)
    {
        using var command = Command("""
            insert into klinggen_entry (id, batch, key, endpoint_id, input, input_hash, output, trace_parent, added_at, state, fence, attempts,
                retries, due_at, media, cost, is_cost_estimated, committed)
            values ($id, $batch, $key, $endpoint, $input, $hash, $output, $trace, $now, 'queued', 0, 0, 0, $now, $media, 0, 0, 0)
            on conflict (id) do nothing
            """);
        EntryColumns.Add(command, "$id", entry.Id);
        EntryColumns.Add(command, "$batch", entry.Batch);
        EntryColumns.Add(command, "$key", entry.Key);
        EntryColumns.Add(command, "$endpoint", entry.EndpointId);
        EntryColumns.Add(command, "$input", entry.Input);
        EntryColumns.Add(command, "$hash", entry.InputHash);
        EntryColumns.Add(command, "$output", entry.Output);
        EntryColumns.Add(command, "$trace", entry.TraceParent);
        EntryColumns.Add(command, "$now", EntryColumns.ToNumber(Now()));
        EntryColumns.Add(command, "$media", entry.Media.Count == 0 ? null : FalLedgerText.WriteMedia(entry.Media));
        if (command.ExecuteNonQuery() == 1) return 1;
        using var present = Command("select input_hash from klinggen_entry where id = $id");
        EntryColumns.Add(present, "$id", entry.Id);
        if (present.ExecuteScalar() as string != entry.InputHash) throw new FalKeyConflictException(entry.Batch, entry.Key);
        return 0;
    }

    private FalLedgerEntry? FindEntry(string id)
    {
        using var command = Command($"select {EntryColumns.All} from klinggen_entry where id = $id");
        EntryColumns.Add(command, "$id", id);
        return ReadAll(command, EntryColumns.Read).FirstOrDefault();
    }

    // Few entries have former ids, and their index holds these alone.
    private FalLedgerEntry? FindOwner(string requestId)
    {
        using var command = Command(
            $"select {EntryColumns.All} from klinggen_entry where request_id = $id union all "
            + $"select {EntryColumns.All} from klinggen_entry where former_request_ids is not null and instr(former_request_ids, $quoted) > 0 "
            + "limit 1");
        EntryColumns.Add(command, "$id", requestId);
        EntryColumns.Add(command, "$quoted", $"\"{requestId}\"");
        return ReadAll(command, EntryColumns.Read).FirstOrDefault();
    }

    private async ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimDueAsync(FalClaim claim, CancellationToken cancellationToken)
    {
        var hasWork = await ReadAsync(() =>
        {
            using var command = DueCommand("1", claim, 1);
            return command.ExecuteScalar() is not null;
        }, cancellationToken).ConfigureAwait(false);
        return hasWork ? await WriteAsync(() => Claim(claim), cancellationToken, announces: false).ConfigureAwait(false) : [];
    }

    private SqliteCommand DueCommand(string columns, FalClaim claim, int limit)
    {
        var running = claim.Kind == FalClaimKind.New ? " and batch in (select name from klinggen_batch where state = 'running')" : "";
        var states = Words(state => FalLedgerRules.GetClaimKind(state) == claim.Kind);
        var command = Command(
            $"select {columns} from klinggen_entry where state in ({states}) and due_at <= $now "
            + $"and (lease_until is null or lease_until <= $now) and ($batch is null or batch = $batch){running} "
            + "order by due_at, sequence limit $limit");
        EntryColumns.Add(command, "$now", EntryColumns.ToNumber(_time.GetUtcNow()));
        EntryColumns.Add(command, "$batch", claim.Batch);
        EntryColumns.Add(command, "$limit", limit);
        return command;
    }

    private List<FalLedgerEntry> Claim(FalClaim claim)
    {
        using var due = DueCommand(EntryColumns.All, claim, claim.Limit);
        var entries = ReadAll(due, EntryColumns.Read);
        var until = Now() + claim.Lease;
        for (var i = 0; i < entries.Count; i++)
        {
            using var command = Command("update klinggen_entry set lease_owner = $owner, lease_until = $until, fence = fence + 1 where id = $id");
            EntryColumns.Add(command, "$owner", claim.Owner);
            EntryColumns.Add(command, "$until", EntryColumns.ToNumber(until));
            EntryColumns.Add(command, "$id", entries[i].Id);
            command.ExecuteNonQuery();
            entries[i] = entries[i] with { LeaseOwner = claim.Owner, LeaseUntil = until, Fence = entries[i].Fence + 1 };
        }
        return entries;
    }

    private FalApplyOutcome Apply(FalLedgerEntry before, FalLedgerEntry after)
    {
        if (FindEntry(before.Id)?.Fence != before.Fence) return FalApplyOutcome.Conflict;
        if (after.RequestId is { } requestId && requestId != before.RequestId && FindOwner(requestId) is { } owner && owner.Id != after.Id)
            return FalApplyOutcome.RequestIdTaken;
        if (FalLedgerRules.AffectsBatch(before, after))
        {
            var batch = FindBatch(before.Batch) ?? throw FalLedgerRules.CreateBatchNotFound(before.Batch);
            var inFlight = after.State == FalLedgerState.Submitting ? CountInFlight() : 0;
            var outcome = FalLedgerRules.EvaluateChange(batch, before, after, inFlight, out var changed);
            if (outcome != FalApplyOutcome.Applied) return outcome;
            if (!ReferenceEquals(changed, batch)) StoreBatch(changed);
        }
        Store(after, before.Fence);
        return FalApplyOutcome.Applied;
    }

    private int CountInFlight()
    {
        using var command = Command($"select count(*) from klinggen_entry where state in ({Words(FalLedgerRules.IsInFlight)})");
        return (int)(long)command.ExecuteScalar()!;
    }

    private void Store(FalLedgerEntry entry, long fence)
    {
        using var command = Command($"update klinggen_entry set {EntryColumns.Set} where id = $id and fence = $fence");
        EntryColumns.Bind(command, entry, fence);
        if (command.ExecuteNonQuery() != 1) throw new InvalidOperationException($"The entry {entry.Id} changed within its transaction.");
    }
}
