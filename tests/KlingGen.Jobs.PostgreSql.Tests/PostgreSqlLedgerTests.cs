using Fal.Jobs.Tests.Contract;

namespace Fal.Jobs.Tests;

[Collection(PostgreSqlGroup.Name)]
public sealed class PostgreSqlLedgerTests(PostgreSqlServer server) : LedgerContractTests
{
    private readonly List<FalPostgreSqlLedger> _others = [];
    private string _database = "";

    public override async Task DisposeAsync()
    {
        foreach (var ledger in _others) await ledger.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<IFalLedger> CreateAsync()
    {
        _database = await server.CreateDatabaseAsync();
        return FalPostgreSqlLedger.FromConnectionString(_database, timeProvider: Time);
    }

    protected override Task<IFalLedger> OpenAgainAsync()
    {
        var ledger = FalPostgreSqlLedger.FromConnectionString(_database, timeProvider: Time);
        _others.Add(ledger);
        return Task.FromResult<IFalLedger>(ledger);
    }
}
