using System.CommandLine;
using System.Data.Common;
using Fal.Jobs;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Batch;

/// <summary>A ledger that a command works on: a SQLite file beside the file with the jobs, or a PostgreSQL database.</summary>
internal sealed class LedgerFile : IAsyncDisposable
{
    private const string Ending = ".db";

    private readonly IFalLedger _ledger;

    private LedgerFile(IFalLedger ledger) => _ledger = ledger;

    /// <summary>The option that names a database.</summary>
    public static Option<string?> PostgresOption() => new("--postgres")
    {
        Description = "The connection string of a PostgreSQL ledger; leave the password to PGPASSWORD or a passfile.",
    };

    /// <summary>The ledger of a file with jobs. Jobs that an emulator runs have another one, so that they are never taken for paid ones.</summary>
    public static string PathOf(string jobs, bool isEmulated = false)
        => jobs.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? jobs : jobs + (isEmulated ? ".emulated" : "") + Ending;

    /// <summary>Opens a ledger that is there.</summary>
    /// <param name="jobs">The file with the jobs, or the SQLite file.</param>
    /// <param name="postgres">The connection string.</param>
    /// <param name="console">Has the clock, and hides the connection string.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ToolException">Neither or both are given, or the ledger cannot be used.</exception>
    public static async Task<LedgerFile> OpenAsync(string? jobs, string? postgres, ToolConsole console, CancellationToken cancellation)
    {
        if ((jobs is null) == (postgres is null)) throw new ToolException("Name the file with the jobs, or give --postgres.");
        if (postgres is not null) return OpenPostgres(postgres, console);
        var path = PathOf(jobs!);
        if (!File.Exists(path))
        {
            var emulated = PathOf(jobs!, isEmulated: true);
            throw new ToolException($"There is no ledger '{path}'; " + (File.Exists(emulated)
                ? $"the jobs ran in an emulator: name its ledger '{emulated}'."
                : "'klinggen batch run' creates it, and prints its name."));
        }

        return await OpenFileAsync(path, console, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens a SQLite file, which is created if it is absent.</summary>
    /// <exception cref="ToolException">It is locked, newer than the tool, or no ledger.</exception>
    public static async Task<LedgerFile> OpenFileAsync(string path, ToolConsole console, CancellationToken cancellation)
    {
        try
        {
            return new(await FalSqliteLedger.OpenAsync(path, timeProvider: console.Time, cancellationToken: cancellation).ConfigureAwait(false));
        }
        catch (FalLedgerException ex)
        {
            throw new ToolException(ex.Message, ex);
        }
    }

    /// <summary>Opens a database. Nothing is read before the first use.</summary>
    /// <exception cref="ToolException">The connection string cannot be used.</exception>
    public static LedgerFile OpenPostgres(string connectionString, ToolConsole console)
    {
        console.Hide(connectionString);
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            foreach (var name in (string[])["Password", "PWD", "PSW"])
                if (parts.TryGetValue(name, out var password)) console.Hide(password as string);
            return new(FalPostgreSqlLedger.FromConnectionString(connectionString, timeProvider: console.Time));
        }
        catch (Exception ex) when (ex is ArgumentException or FormatException)
        {
            // Its message may repeat a part of the connection string, so it is no inner exception.
            throw new ToolException("--postgres needs a connection string such as 'Host=db;Database=videos;Username=app'.");
        }
    }

    /// <summary>Uses the ledger; a fault of it becomes an error of the tool.</summary>
    public async Task<T> UseAsync<T>(Func<IFalLedger, Task<T>> use)
    {
        try
        {
            return await use(_ledger).ConfigureAwait(false);
        }
        catch (FalLedgerException ex)
        {
            throw new ToolException(ex.Message, ex);
        }
        catch (DbException ex)
        {
            throw new ToolException("The ledger cannot be used: " + ex.Message, ex);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ledger is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
        else (_ledger as IDisposable)?.Dispose();
    }
}
