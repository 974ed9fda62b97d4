using System.Globalization;
using System.Text;
using Npgsql;

namespace Fal.Jobs;

/// <summary>One migration of the schema.</summary>
/// <param name="Version">The version that the schema has afterwards.</param>
/// <param name="OldestProgram">
/// The oldest version of the program that works on the schema afterwards: the version before, unless the step breaks it.
/// </param>
/// <param name="Sql">The statements.</param>
internal sealed record SchemaStep(int Version, int OldestProgram, string Sql);

/// <summary>
/// The version check and the migration. A program accepts a newer schema whose <c>oldest_program</c> is not above its own version, so that two
/// versions of an application run side by side while the newer one is rolled out.
/// </summary>
internal sealed class LedgerSchema(NpgsqlDataSource dataSource, string name, bool migrates, IReadOnlyList<SchemaStep> steps)
{
    public static IReadOnlyList<SchemaStep> Steps { get; } = [new(1, 1, LedgerSql.Version1)];

    private volatile bool _isReady;

    private int Version => steps[^1].Version;

    /// <summary>Checks the schema before the first call, and brings an older one up to date.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isReady) return;
        try
        {
            await CheckAsync(cancellationToken).ConfigureAwait(false);
            _isReady = true;
        }
        catch (PostgresException ex) when (ex.SqlState
            is PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject)
        {
            throw new FalLedgerException(
                $"The schema '{name}' has tables that are no ledger of KlingGen. Name another one in FalPostgreSqlLedgerOptions.Schema.", ex);
        }
        catch (PostgresException ex) when (ex.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new FalLedgerException(
                $"The database user may not read or create the ledger in the schema '{name}'. Run the script of "
                + "FalPostgreSqlLedger.GetSchemaScript() as the owner of the database and grant USAGE on the schema, SELECT, INSERT, UPDATE and "
                + "DELETE on its tables, and USAGE on its sequences.",
                ex);
        }
    }

    /// <summary>Refuses a schema that needs a newer program.</summary>
    public void RequireProgram(int oldestProgram)
    {
        if (oldestProgram <= Version) return;
        _isReady = false;
        throw new FalLedgerException(
            $"The ledger in the schema '{name}' is newer: it needs version {Invariant(oldestProgram)} of the ledger's format, and this program has "
            + $"{Invariant(Version)}. Update KlingGen.Jobs.PostgreSql in this program.");
    }

    /// <summary>The statements that bring a schema from a version to the newest.</summary>
    public static string Script(string name, int fromVersion, IReadOnlyList<SchemaStep> steps)
    {
        var script = new StringBuilder("begin;\n");
        if (fromVersion == 0) script.Append(LedgerSql.CreateSchema).Append(";\n");
        foreach (var step in steps.Where(step => step.Version > fromVersion)) script.Append(step.Sql.TrimEnd(';')).Append(";\n");
        script.Append(LedgerSql.WriteVersion
            .Replace("@version", Invariant(steps[^1].Version), StringComparison.Ordinal)
            .Replace("@oldest_program", Invariant(steps[^1].OldestProgram), StringComparison.Ordinal));
        return LedgerSql.In(name, script.Append(";\ncommit;\n").ToString());
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (await IsUsableAsync(connection, cancellationToken).ConfigureAwait(false)) return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        // Processes that start together migrate once: the others wait here and find a schema that is up to date.
        await ExecuteAsync(connection, LedgerSql.LockMigration, cancellationToken).ConfigureAwait(false);
        if (await IsUsableAsync(connection, cancellationToken).ConfigureAwait(false)) return;
        var (hasSchema, version, _) = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        if (!hasSchema) await ExecuteAsync(connection, LedgerSql.CreateSchema, cancellationToken).ConfigureAwait(false);
        foreach (var step in steps.Where(step => step.Version > version))
            await ExecuteAsync(connection, step.Sql, cancellationToken).ConfigureAwait(false);
        await using (var write = new NpgsqlCommand(LedgerSql.In(name, LedgerSql.WriteVersion), connection))
        {
            write.Parameters.Add(new NpgsqlParameter<int>("version", Version));
            write.Parameters.Add(new NpgsqlParameter<int>("oldest_program", steps[^1].OldestProgram));
            await write.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsUsableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (_, version, oldestProgram) = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        RequireProgram(oldestProgram);
        if (version >= Version) return true;
        if (migrates) return false;
        var state = version == 0
            ? $"The schema '{name}' has no ledger."
            : $"The ledger in the schema '{name}' has version {Invariant(version)}, and this program needs {Invariant(Version)}.";
        throw new FalLedgerException(
            state + " Run the script of FalPostgreSqlLedger.GetSchemaScript(), or set FalPostgreSqlLedgerOptions.Migrate.");
    }

    private static string Invariant(int version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether there is the schema, and its versions: 0 where there is no ledger.</summary>
    private async Task<(bool HasSchema, int Version, int OldestProgram)> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        bool hasSchema, hasLedger;
        await using (var find = new NpgsqlCommand(LedgerSql.In(name, LedgerSql.FindSchema), connection))
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            (hasSchema, hasLedger) = (reader.GetBoolean(0), reader.GetBoolean(1));
        }
        if (!hasLedger) return (hasSchema, 0, 0);
        await using var read = new NpgsqlCommand(LedgerSql.In(name, LedgerSql.ReadVersion), connection);
        await using var row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? (true, row.GetInt32(0), row.GetInt32(1)) : (true, 0, 0);
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LedgerSql.In(name, sql), connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
