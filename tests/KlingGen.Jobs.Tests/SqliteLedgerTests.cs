using Fal.Jobs.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace Fal.Jobs.Tests;

public sealed class SqliteLedgerTests : LedgerContractTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-jobs-").FullName;
    private readonly List<FalSqliteLedger> _others = [];

    private string File => Path.Combine(_folder, "ledger.db");

    public override async Task DisposeAsync()
    {
        foreach (var other in _others) other.Dispose();
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_refuses_a_file_that_is_no_database()
    {
        var path = Path.Combine(_folder, "notes.txt");
        var text = new string('x', 5000);
        await System.IO.File.WriteAllTextAsync(path, text);
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => FalSqliteLedger.OpenAsync(path));
        Assert.Contains("is not an SQLite database", ex.Message);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Open_refuses_the_database_of_another_program()
    {
        var path = Path.Combine(_folder, "other.db");
        Execute(path, "create table t (x)");
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => FalSqliteLedger.OpenAsync(path));
        Assert.Contains("another program", ex.Message);
    }

    [Fact]
    public async Task Open_refuses_a_newer_schema()
    {
        (await FalSqliteLedger.OpenAsync(Path.Combine(_folder, "new.db"))).Dispose();
        Execute(Path.Combine(_folder, "new.db"), "update klinggen_schema set version = 99");
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => FalSqliteLedger.OpenAsync(Path.Combine(_folder, "new.db")));
        Assert.Contains("schema version 99", ex.Message);
    }

    [Fact]
    public async Task Open_refuses_an_absent_file_when_told_so()
    {
        await Assert.ThrowsAsync<FalLedgerException>(() => FalSqliteLedger.OpenAsync(Path.Combine(_folder, "none.db"), create: false));
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "none.db")));
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => FalSqliteLedger.OpenAsync(Path.Combine(_folder, "no-folder", "none.db")));
        Assert.Contains("cannot be opened", ex.Message);
    }

    [Fact]
    public async Task Open_names_the_lock_of_another_process()
    {
        var path = Path.Combine(_folder, "locked.db");
        (await FalSqliteLedger.OpenAsync(path)).Dispose();
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // Exclusive in a write-ahead log as well, so that not even a read gets in.
        command.CommandText = "pragma locking_mode = exclusive; begin exclusive; update klinggen_schema set version = version;";
        await command.ExecuteNonQueryAsync();
        var ex = Assert.Throws<FalLedgerException>(() => FalSqliteLedger.Open(path, create: false, Time, busyTimeout: 1));
        Assert.Contains("is locked by another process. End that process", ex.Message, StringComparison.Ordinal);
    }

    protected override async Task<IFalLedger> CreateAsync() => await FalSqliteLedger.OpenAsync(File, timeProvider: Time);

    protected override async Task<IFalLedger> OpenAgainAsync()
    {
        var other = await FalSqliteLedger.OpenAsync(File, timeProvider: Time);
        _others.Add(other);
        return other;
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
