using System.Data;
using Npgsql;

namespace Fal.Jobs;

/// <summary>
/// The ledger of paid jobs on PostgreSQL, for one machine or several: claims by <c>FOR UPDATE SKIP LOCKED</c>, leases and fences, a wake-up by
/// <c>NOTIFY</c>. It is thread-safe; one object per process suffices.
/// </summary>
/// <remarks>
/// The tables are created on the first use. One connection of the pool stays open for <c>LISTEN</c> while a runner waits; behind a pooler that does
/// not forward it, waits end by the clock.
/// </remarks>
public sealed partial class FalPostgreSqlLedger : IFalLedger, IAsyncDisposable, IDisposable
{
    private const string Savepoint = "fal_ledger";

    private readonly NpgsqlDataSource _dataSource;
    private readonly NpgsqlDataSource? _owned;
    private readonly NpgsqlTransaction? _joined;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly LedgerSchema _schema;
    private readonly LedgerNews _news;

    /// <summary>Creates the ledger. Nothing is read or created before the first call.</summary>
    /// <param name="dataSource">The database. It is not disposed with the ledger.</param>
    /// <param name="options">The schema and whether it is migrated.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    /// <exception cref="ArgumentException">The name of the schema cannot be used.</exception>
    public FalPostgreSqlLedger(NpgsqlDataSource dataSource, FalPostgreSqlLedgerOptions? options = null, TimeProvider? timeProvider = null)
        : this(dataSource, options ?? new(), timeProvider, LedgerSchema.Steps)
    {
    }

    internal FalPostgreSqlLedger(
        NpgsqlDataSource dataSource, FalPostgreSqlLedgerOptions options, TimeProvider? timeProvider, IReadOnlyList<SchemaStep> steps,
        bool ownsDataSource = false)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _dataSource = dataSource;
        _owned = ownsDataSource ? dataSource : null;
        _time = timeProvider ?? TimeProvider.System;
        _name = options.RequireSchema();
        _schema = new LedgerSchema(dataSource, _name, options.Migrate, steps);
        _news = new LedgerNews(dataSource, Sql(LedgerSql.Listen), _time);
    }

    private FalPostgreSqlLedger(FalPostgreSqlLedger ledger, NpgsqlTransaction transaction)
    {
        (_dataSource, _joined, _time) = (ledger._dataSource, transaction, ledger._time);
        (_name, _schema, _news) = (ledger._name, ledger._schema, ledger._news);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Creates the ledger with a pool of connections of its own, which is disposed with it.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="options">The schema and whether it is migrated.</param>
    /// <param name="timeProvider">The clock; the system's unless given.</param>
    /// <exception cref="ArgumentException">The connection string or the name of the schema cannot be used.</exception>
    public static FalPostgreSqlLedger FromConnectionString(
        string connectionString, FalPostgreSqlLedgerOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new();
        options.RequireSchema();
        return new FalPostgreSqlLedger(NpgsqlDataSource.Create(connectionString), options, timeProvider, LedgerSchema.Steps, ownsDataSource: true);
    }

    /// <summary>The SQL that creates the tables or brings older ones up to date, for databases whose applications may not do it themselves.</summary>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="fromVersion">The version that the tables have; 0 where there are none. It is stored in the table <c>ledger</c>.</param>
    public static string GetSchemaScript(string schema = LedgerSql.DefaultSchema, int fromVersion = 0)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return LedgerSchema.Script(FalPostgreSqlLedgerOptions.RequireSchema(schema), fromVersion, LedgerSchema.Steps);
    }

    /// <summary>
    /// The same ledger within a transaction of yours: what it changes is committed or rolled back with your own rows. Use it to add jobs together
    /// with an order, or to store <see cref="FalLedgerState.Saved"/> together with the row that names the files.
    /// </summary>
    /// <param name="transaction">
    /// An open transaction on the database of the ledger. Keep it short: a change that concerns the batch holds the batch's lock until the commit.
    /// </param>
    /// <remarks>
    /// A change to <see cref="FalLedgerState.Submitting"/> is refused, because an intent must be committed before the request is sent. A refused or
    /// failed change leaves the transaction usable.
    /// </remarks>
    public FalPostgreSqlLedger Join(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new FalPostgreSqlLedger(this, transaction);
    }

    /// <inheritdoc/>
    public async ValueTask<FalBatch> AddBatchAsync(string name, FalJobPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        return await WriteAsync(
            async connection =>
            {
                await using var add = Command(connection, LedgerSql.AddBatch);
                add.Parameters.Text("name", name).Text("policy", FalLedgerText.WritePolicy(policy)).Time("now", Now);
                await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return (await BatchAsync(connection, LedgerSql.FindBatch, name, cancellationToken).ConfigureAwait(false))!;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<FalBatch?> FindBatchAsync(string name, CancellationToken cancellationToken = default)
        => ReadAsync(connection => BatchAsync(connection, LedgerSql.FindBatch, name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FalBatch>> ListBatchesAsync(CancellationToken cancellationToken = default)
        => ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, LedgerSql.ListBatches);
                return await ListAsync(command, LedgerRows.ReadBatch, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<FalBatch> UpdateBatchAsync(string name, Func<FalBatch, FalBatch> change, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(change);
        var changed = await WriteAsync(
            async connection =>
            {
                var before = await BatchAsync(connection, LedgerSql.LockBatch, name, cancellationToken).ConfigureAwait(false)
                    ?? throw FalLedgerRules.CreateBatchNotFound(name);
                var after = change(before) with { Name = name, AddedAt = before.AddedAt, Committed = before.Committed };
                after.Policy.Validate();
                await using var batch = new NpgsqlBatch(connection);
                LedgerRows.WriteBatch(Add(batch, LedgerSql.UpdateBatch), after);
                if (after.State == FalBatchState.Stopped)
                {
                    Add(batch, LedgerSql.CancelUnsent)
                        .Text("name", name).Text("reason", after.Reason ?? "The batch was stopped.").Time("now", Now);
                }
                Add(batch, LedgerSql.Notify);
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken).ConfigureAwait(false);
        Announce();
        return changed;
    }

    /// <inheritdoc/>
    public Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => _news.WaitAsync(atMost, cancellationToken);

    /// <summary>Closes the connection that listens, and the pool if the ledger has its own. A joined ledger has nothing to close.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_joined is not null) return;
        await _news.DisposeAsync().ConfigureAwait(false);
        if (_owned is not null) await _owned.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>See <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private string Sql(string sql) => LedgerSql.In(_name, sql);

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(Sql(sql), connection);

    private NpgsqlParameterCollection Add(NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(Sql(sql));
        batch.BatchCommands.Add(command);
        return command.Parameters;
    }

    /// <summary>Wakes this process; the others, and this one in a joined transaction, learn it at the commit.</summary>
    private void Announce()
    {
        if (_joined is null) _news.Announce();
    }

    private async ValueTask<FalBatch?> BatchAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        command.Parameters.Text("name", name);
        return (await ListAsync(command, LedgerRows.ReadBatch, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    private static async ValueTask<IReadOnlyList<T>> ListAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));
        return rows;
    }

    private async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        await _schema.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (_joined is not null) return await read(Joined()).ConfigureAwait(false);
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await read(connection).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a transaction, or a part of the joined one behind a savepoint. The commit is not cancelled, so that a caller that cancels knows that
    /// nothing was stored.
    /// </summary>
    private async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        await _schema.EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (_joined is not null) return await WriteJoinedAsync(_joined, write, cancellationToken).ConfigureAwait(false);
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        var result = await write(connection).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<T> WriteJoinedAsync<T>(
        NpgsqlTransaction transaction, Func<NpgsqlConnection, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        var connection = Joined();
        await transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await write(connection).ConfigureAwait(false);
            await transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch when (connection.FullState == ConnectionState.Open)
        {
            await transaction.RollbackAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private NpgsqlConnection Joined()
        => _joined!.Connection ?? throw new InvalidOperationException("The transaction that the ledger joined has ended.");
}
