using System.Text.Json;
using Npgsql;

namespace Fal.Jobs.Tests;

/// <summary>What the tests with a database of their own share.</summary>
[Collection(PostgreSqlGroup.Name)]
public abstract class DatabaseTests(PostgreSqlServer server) : IAsyncLifetime
{
    protected const string Endpoint = "acme/lumen/v1/text-to-clip";

    private readonly List<IAsyncDisposable> _opened = [];

    protected string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => ConnectionString = await server.CreateDatabaseAsync();

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    protected static FalNewEntry New(string key, string prompt = "snow")
        => new("films", key, Endpoint, JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["prompt"] = prompt }));

    protected FalPostgreSqlLedger Open(FalPostgreSqlLedgerOptions? options = null, TimeProvider? time = null)
        => Keep(FalPostgreSqlLedger.FromConnectionString(ConnectionString, options, time));

    protected T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    /// <summary>A ledger with entries of batch "films".</summary>
    protected async Task<FalPostgreSqlLedger> OpenWithAsync(params string[] keys)
    {
        var ledger = Open();
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 1000 });
        await ledger.AddAsync([.. keys.Select(key => New(key))]);
        return ledger;
    }

    protected static async Task<FalLedgerEntry> ClaimOneAsync(IFalLedger ledger)
        => Assert.Single(await ledger.ClaimAsync(new FalClaim { Owner = "w", Kind = FalClaimKind.New, Limit = 1 }));

    /// <summary>Brings a claimed entry to a state beyond its submit.</summary>
    protected static async Task<FalLedgerEntry> SubmitAsync(IFalLedger ledger, FalLedgerEntry entry, string requestId)
    {
        entry = await ApplyAsync(ledger, entry, entry with { State = FalLedgerState.Submitting, WireBody = "{}", IntentAt = entry.AddedAt });
        var token = new FalClient("key:secret").Endpoint(Endpoint).Resume(requestId).ToToken();
        return await ApplyAsync(ledger, entry, entry with { State = FalLedgerState.Submitted, Token = token, SubmittedAt = entry.AddedAt });
    }

    protected static async Task<FalLedgerEntry> ApplyAsync(IFalLedger ledger, FalLedgerEntry before, FalLedgerEntry after)
    {
        Assert.Equal(FalApplyOutcome.Applied, await ledger.ApplyAsync(before, after));
        return after with { Fence = before.Fence + 1 };
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    protected async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
