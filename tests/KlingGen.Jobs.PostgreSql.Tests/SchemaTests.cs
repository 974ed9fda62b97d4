using Npgsql;

namespace Fal.Jobs.Tests;

public sealed class SchemaTests(PostgreSqlServer server) : DatabaseTests(server)
{
    // What a version after the current one may look like: one that the current program still works on, and one that it does not.
    private static readonly SchemaStep Wider = new(2, 1, "alter table fal_jobs.entry add column label text not null default 'none'");
    private static readonly SchemaStep Breaking = new(3, 2, "alter table fal_jobs.entry drop column output");

    [Fact]
    public async Task Schema_is_created_once_by_ledgers_that_start_together()
    {
        var ledgers = Enumerable.Range(0, 8).Select(_ => Open()).ToList();
        await Task.WhenAll(ledgers.Select(ledger => Task.Run(async () => await ledger.AddBatchAsync("films", new FalJobPolicy()))));
        Assert.Single(await ledgers[0].ListBatchesAsync());
        Assert.Equal(1, await QueryAsync<int>("select version from fal_jobs.ledger"));
    }

    [Fact]
    public async Task Schema_of_an_older_version_is_migrated_once_and_keeps_its_entries()
    {
        await OpenWithAsync("a", "b");
        var ledgers = Enumerable.Range(0, 6).Select(_ => Open(Wider)).ToList();
        var counts = await Task.WhenAll(ledgers.Select(ledger => Task.Run(async () => await ledger.CountAsync())));
        Assert.All(counts, count => Assert.Equal(2, count.Total));
        Assert.Equal(2, await QueryAsync<int>("select version from fal_jobs.ledger"));
        Assert.Equal("none", await QueryAsync<string>("select label from fal_jobs.entry limit 1"));
    }

    [Fact]
    public async Task Two_versions_of_the_program_work_side_by_side()
    {
        var old = await OpenWithAsync("a", "b", "c");
        var before = await ClaimOneAsync(old);
        var newer = Open(Wider);
        await newer.AddAsync([New("d")]);
        // The older program continues with the schema that it knows, and can restart.
        await SubmitAsync(old, before, "11111111-1111-4111-8111-111111111111");
        var again = Open();
        await SubmitAsync(again, await ClaimOneAsync(again), "22222222-2222-4222-8222-222222222222");
        await SubmitAsync(newer, await ClaimOneAsync(newer), "33333333-3333-4333-8333-333333333333");
        await again.AddAsync([New("e")]);
        var counts = await newer.CountAsync("films");
        Assert.Equal((5, 3, 2), (counts.Total, counts[FalLedgerState.Submitted], counts[FalLedgerState.Queued]));
    }

    [Fact]
    public async Task Schema_that_is_too_new_is_refused_at_the_start_and_at_the_next_claim()
    {
        var running = await OpenWithAsync("a");
        await Open(Wider, Breaking).CountAsync();
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => Open().CountAsync().AsTask());
        Assert.Contains("newer", ex.Message, StringComparison.Ordinal);
        Assert.Contains("needs version 2", ex.Message, StringComparison.Ordinal);
        Assert.Contains("this program has 1", ex.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FalLedgerException>(() => ClaimOneAsync(running));
        Assert.Equal(0L, await QueryAsync<long>("select fence from fal_jobs.entry"));
        await Open(Wider).CountAsync();
    }

    [Fact]
    public async Task Ledger_without_migration_needs_the_script()
    {
        var options = new FalPostgreSqlLedgerOptions { Migrate = false };
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => Open(options).CountAsync().AsTask());
        Assert.Contains("GetSchemaScript", ex.Message, StringComparison.Ordinal);
        await ExecuteAsync(FalPostgreSqlLedger.GetSchemaScript());
        var ledger = Open(options);
        await ledger.AddBatchAsync("films", new FalJobPolicy());
        Assert.Equal(1, await ledger.AddAsync([New("a")]));

        await ExecuteAsync(LedgerSchema.Script("fal_jobs", 1, [.. LedgerSchema.Steps, Wider]));
        Assert.Equal(1, (await Open(Wider).CountAsync()).Total);
        Assert.Equal(1, (await ledger.CountAsync()).Total);
    }

    [Fact]
    public async Task Ledger_in_a_schema_of_another_name_is_separate()
    {
        var first = await OpenWithAsync("a");
        var second = Open(new FalPostgreSqlLedgerOptions { Schema = "team_b" });
        Assert.Equal(0, (await second.CountAsync()).Total);
        await second.AddBatchAsync("films", new FalJobPolicy());
        await second.AddAsync([New("a"), New("b")]);
        Assert.Equal((1, 2), ((await first.CountAsync()).Total, (await second.CountAsync()).Total));
        Assert.Equal(2L, await QueryAsync<long>("select count(*) from team_b.entry"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jobs")]
    [InlineData("1jobs")]
    [InlineData("jobs; drop table x")]
    [InlineData("jobs\n")]
    public void Schema_of_a_name_that_needs_quotes_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Open(new FalPostgreSqlLedgerOptions { Schema = name }));
        Assert.Throws<ArgumentException>(() => FalPostgreSqlLedger.GetSchemaScript(name));
    }

    [Theory]
    [InlineData("create table fal_jobs.entry (x integer)")]
    [InlineData("create table fal_jobs.ledger (x integer)")]
    public async Task Schema_with_other_tables_is_no_ledger(string table)
    {
        await ExecuteAsync("create schema fal_jobs; " + table);
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => Open().CountAsync().AsTask());
        Assert.Contains("no ledger", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_without_rights_learns_of_the_script()
    {
        await ExecuteAsync("create role app login");
        var limited = new NpgsqlConnectionStringBuilder(ConnectionString) { Username = "app" }.ConnectionString;
        var ledger = Keep(FalPostgreSqlLedger.FromConnectionString(limited));
        var ex = await Assert.ThrowsAsync<FalLedgerException>(() => ledger.CountAsync().AsTask());
        Assert.Contains("GetSchemaScript", ex.Message, StringComparison.Ordinal);

        // With the rights that the message names, the ledger works.
        await ExecuteAsync(FalPostgreSqlLedger.GetSchemaScript());
        await ExecuteAsync(
            """
            grant usage on schema fal_jobs to app;
            grant select, insert, update, delete on all tables in schema fal_jobs to app;
            grant usage on all sequences in schema fal_jobs to app;
            """);
        await ledger.AddBatchAsync("films", new FalJobPolicy());
        await ledger.AddAsync([New("a")]);
        await SubmitAsync(ledger, await ClaimOneAsync(ledger), "11111111-1111-4111-8111-111111111111");
        Assert.True(await ledger.TryAddAsync(
            new FalInboxWebhook { RequestId = "r", Route = "jobs", Body = default, UserId = "u", SentAt = default }));
    }

    private FalPostgreSqlLedger Open(params SchemaStep[] later)
    {
        var dataSource = NpgsqlDataSource.Create(ConnectionString);
        return Keep(new FalPostgreSqlLedger(dataSource, new(), null, [.. LedgerSchema.Steps, .. later], ownsDataSource: true));
    }
}
