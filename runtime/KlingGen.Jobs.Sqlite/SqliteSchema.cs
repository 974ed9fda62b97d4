using Microsoft.Data.Sqlite;

namespace Fal.Jobs;

/// <summary>The tables of a ledger, and the check that a file is one.</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    // "KlGj": the application id in the header of the file, which identifies a ledger.
    private const int ApplicationId = 0x4B6C476A;

    private const string Tables = """
        create table klinggen_schema (version integer not null);
        create table klinggen_batch (
            name text primary key,
            policy text not null,
            state text not null,
            pause_kind text,
            reason text,
            committed integer not null,
            consecutive_failures integer not null,
            added_at integer not null
        ) without rowid;
        create table klinggen_entry (
            sequence integer primary key autoincrement,
            id text not null unique,
            batch text not null references klinggen_batch (name),
            key text not null,
            endpoint_id text not null,
            input text not null,
            input_hash text not null,
            output text,
            trace_parent text,
            added_at integer not null,
            state text not null,
            fence integer not null,
            attempts integer not null,
            retries integer not null,
            due_at integer not null,
            lease_owner text,
            lease_until integer,
            media text,
            wire_body text,
            token text,
            request_id text,
            former_request_ids text,
            result text,
            files text,
            error_kind text,
            reason text,
            estimate integer,
            cost integer not null,
            is_cost_estimated integer not null,
            committed integer not null,
            intent_at integer,
            submitted_at integer,
            finished_at integer,
            ended_at integer
        );
        create unique index klinggen_entry_request on klinggen_entry (request_id) where request_id is not null;
        create index klinggen_entry_former on klinggen_entry (former_request_ids) where former_request_ids is not null;
        create index klinggen_entry_due on klinggen_entry (state, due_at, sequence);
        create index klinggen_entry_batch on klinggen_entry (batch, state);
        create table klinggen_webhook (
            sequence integer primary key autoincrement,
            request_id text not null unique,
            route text not null,
            body blob not null,
            user_id text not null,
            sent_at integer not null,
            endpoint_id text,
            ledger_id text,
            trace_parent text,
            attempt integer not null,
            free_at integer not null,
            is_handled integer not null
        );
        create index klinggen_webhook_open on klinggen_webhook (is_handled, sequence);
        """;

    /// <summary>Makes the tables in an empty file, and refuses a file that is no ledger of this version.</summary>
    /// <exception cref="FalLedgerException">The file is no ledger, or a newer one.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = Scalar(connection, transaction, "pragma application_id");
        var tables = Scalar(connection, transaction, "select count(*) from sqlite_schema");
        if (tables == 0 && id == 0)
        {
            Run(connection, transaction, Tables);
            Run(connection, transaction, FormattableString.Invariant($"insert into klinggen_schema (version) values ({Version})"));
            Run(connection, transaction, FormattableString.Invariant($"pragma application_id = {ApplicationId}"));
            transaction.Commit();
            return;
        }
        if (id != ApplicationId)
            throw new FalLedgerException($"The file '{connection.DataSource}' is a database of another program, not a ledger. It was not changed.");
        var version = Scalar(connection, transaction, "select version from klinggen_schema");
        if (version > Version)
        {
            var versions = FormattableString.Invariant($"schema version {version}; this KlingGen.Jobs.Sqlite knows {Version}");
            throw new FalLedgerException($"The ledger '{connection.DataSource}' has {versions}. Update the package.");
        }
        if (version < 1) throw new FalLedgerException($"The ledger '{connection.DataSource}' has no valid schema version. Restore it from a backup.");
    }

    private static long Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private static void Run(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        command.ExecuteNonQuery();
    }
}
