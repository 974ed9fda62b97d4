using Microsoft.Data.Sqlite;

namespace Fal.Jobs;

/// <summary>
/// A ledger in a SQLite file, for one machine. Several processes may share the file; a process that is killed leaves a whole ledger behind. Writes
/// are
/// flushed to the disk before a method returns.
/// </summary>
public sealed partial class FalSqliteLedger : IFalLedger, IDisposable, IAsyncDisposable
{
    private const int NotADatabase = 26;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    // One connection, one call at a time: SQLite has one writer anyway.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FalSqliteLedger(SqliteConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Opens a ledger, and makes it if the file is not there.</summary>
    /// <param name="path">The file, on a local disk.</param>
    /// <param name="create">False refuses a file that is not there.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    /// <param name="cancellationToken">Cancels the call before the file is opened.</param>
    /// <exception cref="FalLedgerException">
    /// The file is no ledger, newer than this package, locked, or cannot be opened. It was not changed.
    /// </exception>
    public static Task<FalSqliteLedger> OpenAsync(
        string path, bool create = true, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Open(path, create, timeProvider ?? TimeProvider.System), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalBatch> AddBatchAsync(string name, FalJobPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        return WriteAsync(() =>
        {
            if (FindBatch(name) is { } present) return present;
            var batch = new FalBatch { Name = name, Policy = policy, AddedAt = Now() };
            using var command = Command(
                $"insert into klinggen_batch ({EntryColumns.Batch}) values "
                + "($name, $policy, $batch_state, $pause_kind, $batch_reason, $batch_committed, $failures, $batch_added_at)");
            EntryColumns.BindBatch(command, batch);
            command.ExecuteNonQuery();
            return batch;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalBatch?> FindBatchAsync(string name, CancellationToken cancellationToken = default)
        => ReadAsync(() => FindBatch(name), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalBatch>> ListBatchesAsync(CancellationToken cancellationToken = default)
        => ReadAsync<IReadOnlyList<FalBatch>>(() =>
    {
        using var command = Command($"select {EntryColumns.Batch} from klinggen_batch order by name");
        return ReadAll(command, EntryColumns.ReadBatch);
    }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FalBatch> UpdateBatchAsync(string name, Func<FalBatch, FalBatch> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAsync(() =>
        {
            var before = FindBatch(name) ?? throw FalLedgerRules.CreateBatchNotFound(name);
            var after = change(before) with { Name = name, AddedAt = before.AddedAt, Committed = before.Committed };
            after.Policy.Validate();
            StoreBatch(after);
            if (after.State == FalBatchState.Stopped) CancelUnsent(after);
            return after;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(IReadOnlyList<FalNewEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return WriteAsync(() =>
        {
            foreach (var batch in entries.Select(entry => entry.Batch).Distinct(StringComparer.Ordinal))
                if (FindBatch(batch) is null) throw FalLedgerRules.CreateBatchNotFound(batch);
            var added = 0;
            foreach (var entry in entries) added += Add(entry);
            return added;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalLedgerEntry>> ClaimAsync(FalClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        // Without work this is one read, and no process waits for a lock.
        return ClaimDueAsync(claim, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalApplyOutcome> ApplyAsync(FalLedgerEntry before, FalLedgerEntry after, CancellationToken cancellationToken = default)
    {
        FalLedgerRules.ValidateChange(before, after);
        return WriteAsync(() => Apply(before, after), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default)
        => ReadAsync(() => FindEntry(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FalLedgerEntry?> FindByRequestIdAsync(string requestId, CancellationToken cancellationToken = default)
        => ReadAsync(() => FindOwner(requestId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalLedgerEntry>> ListAsync(FalLedgerQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync<IReadOnlyList<FalLedgerEntry>>(() =>
        {
            var states = query.States.Count == 0 ? "" : $" and state in ({Words(query.States)})";
            var leased = query.IsLeased ? " and lease_owner is not null" : "";
            using var command = Command(
                $"select {EntryColumns.All} from klinggen_entry where sequence > $after and ($batch is null or batch = $batch){states}{leased} "
                + "order by sequence limit $limit");
            EntryColumns.Add(command, "$after", query.After ?? -1);
            EntryColumns.Add(command, "$batch", query.Batch);
            EntryColumns.Add(command, "$limit", query.Limit);
            return ReadAll(command, EntryColumns.Read);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<FalLedgerCounts> CountAsync(string? batch = null, CancellationToken cancellationToken = default) => ReadAsync(() =>
    {
        using var command = Command("select state, count(*), sum(cost) from klinggen_entry where $batch is null or batch = $batch group by state");
        EntryColumns.Add(command, "$batch", batch);
        var states = new Dictionary<FalLedgerState, int>();
        var cost = 0L;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            states[FalLedgerText.ParseState(row.GetString(0))] = row.GetInt32(1);
            cost += row.GetInt64(2);
        }
        return new FalLedgerCounts { States = states, Cost = FalLedgerText.FromMillionths(cost) };
    }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(string batch, DateTimeOffset endedBefore, CancellationToken cancellationToken = default) => WriteAsync(() =>
    {
        var kept = _time.GetUtcNow() - FalLedgerRules.HandledWebhooksAreKept;
        using (var webhooks = Command("delete from klinggen_webhook where is_handled = 1 and free_at < $before"))
        {
            EntryColumns.Add(webhooks, "$before", EntryColumns.ToNumber(endedBefore < kept ? endedBefore : kept));
            webhooks.ExecuteNonQuery();
        }
        using var command = Command(
            "delete from klinggen_entry where batch = $batch and state in ('saved', 'failed', 'cancelled') and ended_at < $before");
        EntryColumns.Add(command, "$batch", batch);
        EntryColumns.Add(command, "$before", EntryColumns.ToNumber(endedBefore));
        return command.ExecuteNonQuery();
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        try
        {
            await Volatile.Read(ref _news).Task.WaitAsync(atMost, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing came from this process; another one may have added entries.
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <param name="path">The file.</param>
    /// <param name="create">False refuses a file that is not there.</param>
    /// <param name="time">The clock of entries.</param>
    /// <param name="busyTimeout">The seconds for which SQLite waits for the lock of another process; its own clock measures them.</param>
    internal static FalSqliteLedger Open(string path, bool create, TimeProvider time, int busyTimeout = 30)
    {
        var full = Path.GetFullPath(path);
        if (!create && !File.Exists(full)) throw new FalLedgerException($"There is no ledger at '{full}'.");
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            // A pooled connection would keep the file open after Dispose.
            Pooling = false,
            DefaultTimeout = busyTimeout,
            ForeignKeys = true,
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            SqliteSchema.Prepare(connection);
            using var command = connection.CreateCommand();
            // The write-ahead log lets processes read while one writes; FULL flushes it at every commit, because a lost intent may cost money.
            command.CommandText = "pragma journal_mode = wal; pragma synchronous = full;";
            command.ExecuteNonQuery();
            return new FalSqliteLedger(connection, time);
        }
        catch (Exception ex)
        {
            connection.Dispose();
            if (ex is SqliteException error) throw Explain(full, error);
            throw;
        }
    }

    private static FalLedgerException Explain(string path, SqliteException error) => new(
        error.SqliteErrorCode switch
        {
            NotADatabase => $"The file '{path}' is not an SQLite database, so it is not a ledger. It was not changed.",
            Busy or Locked => $"The ledger '{path}' is locked by another process. End that process, or wait until its transaction is over.",
            CannotOpen => $"The ledger '{path}' cannot be opened. Check that its folder exists and that the file may be written.",
            _ => $"The ledger '{path}' cannot be used: {error.Message}",
        },
        error);
}
