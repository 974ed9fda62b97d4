using System.Text.RegularExpressions;
using Npgsql;

namespace Fal.Jobs.Tests;

/// <summary>The SQL against <see cref="FalLedgerRules"/>, and the plans of its claims.</summary>
public sealed partial class SqlTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public void States_in_the_SQL_are_those_of_the_rules()
    {
        AssertStates(LedgerSql.ClaimNew, state => FalLedgerRules.GetClaimKind(state) == FalClaimKind.New);
        AssertStates(LedgerSql.ClaimStarted, state => FalLedgerRules.GetClaimKind(state) == FalClaimKind.Started);
        AssertStates(LedgerSql.CountInFlight, FalLedgerRules.IsInFlight);
        AssertStates(LedgerSql.CancelUnsent, FalLedgerRules.IsUnsent);
        AssertStates(LedgerSql.Purge, state => state is FalLedgerState.Saved or FalLedgerState.Failed or FalLedgerState.Cancelled);

        static void AssertStates(string sql, Func<FalLedgerState, bool> belongs)
        {
            var listed = StateList().Match(sql).Groups[1].Value.Split(", ").Select(word => FalLedgerText.ParseState(word.Trim('\'')));
            Assert.Equal(Enum.GetValues<FalLedgerState>().Where(belongs), listed.Order());
        }
    }

    [Fact]
    public async Task Stop_stores_what_the_rules_store()
    {
        var ledger = await OpenWithAsync("a");
        var entry = (await ledger.FindAsync(FalNewEntry.GetId("films", "a")))!;
        await ledger.UpdateBatchAsync("films", batch => batch with { State = FalBatchState.Stopped });
        var stopped = (await ledger.FindAsync(entry.Id))!;
        var expected = FalLedgerRules.Cancel(entry, null, stopped.EndedAt!.Value) with { Fence = entry.Fence + 1 };
        Assert.Equal((expected.State, expected.Reason, expected.Fence), (stopped.State, stopped.Reason, stopped.Fence));
    }

    [Theory]
    [InlineData(FalClaimKind.New, "entry_new")]
    [InlineData(FalClaimKind.Started, "entry_started")]
    public async Task Claim_reads_the_index_of_its_kind(FalClaimKind kind, string index)
    {
        var ledger = await OpenWithAsync();
        await ledger.AddAsync([.. Enumerable.Range(0, 5000).Select(i => New($"k{i}"))]);
        await ExecuteAsync("update fal_jobs.entry set state = 'submitted' where sequence % 2 = 0; analyze fal_jobs.entry");
        await using var connection = await ConnectAsync();
        var sql = kind == FalClaimKind.New ? LedgerSql.ClaimNew : LedgerSql.ClaimStarted;
        await using var explain = new NpgsqlCommand("explain " + sql, connection);
        var now = DateTimeOffset.UtcNow;
        explain.Parameters.Text("owner", "w").Time("now", now).Time("until", now).Number("limit", 16).Text("batch", null).Texts("running", ["films"]);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        }
        var text = string.Join('\n', plan);
        Assert.Contains($"Index Scan using {index}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on entry", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reason_that_PostgreSQL_cannot_store_is_stored_with_replacements()
    {
        var ledger = await OpenWithAsync("a");
        var entry = await ClaimOneAsync(ledger);
        await ApplyAsync(ledger, entry, entry with { Reason = "bad \0 and \ud800.", ErrorKind = "k\0" });
        var stored = (await ledger.FindAsync(entry.Id))!;
        Assert.Equal(("bad \uFFFD and \uFFFD.", "k\uFFFD"), (stored.Reason, stored.ErrorKind));
    }

    [Fact]
    public async Task Intent_is_committed_durably_where_commits_are_not()
    {
        await OpenWithAsync("a");
        await ExecuteAsync(
            """
            create table seen (state text, setting text);
            create function see() returns trigger language plpgsql as
                $$begin insert into seen values (new.state, current_setting('synchronous_commit')); return new; end$$;
            create trigger see after update of state on fal_jobs.entry for each row execute function see();
            """);
        var ledger = Keep(FalPostgreSqlLedger.FromConnectionString(ConnectionString + ";Options=-c synchronous_commit=off"));
        await SubmitAsync(ledger, await ClaimOneAsync(ledger), "11111111-1111-4111-8111-111111111111");
        Assert.Equal("on", await QueryAsync<string>("select setting from seen where state = 'submitting'"));
        Assert.Equal("off", await QueryAsync<string>("select setting from seen where state = 'submitted'"));
    }

    [Fact]
    public async Task Claims_of_several_processes_never_return_one_entry_twice()
    {
        var ledger = await OpenWithAsync();
        await ledger.AddAsync([.. Enumerable.Range(0, 600).Select(i => New($"k{i}"))]);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var mine = new List<FalLedgerEntry>();
            var process = Open();
            for (var empty = 0; empty < 3;)
            {
                var some = await process.ClaimAsync(new FalClaim { Owner = $"w{i}", Kind = FalClaimKind.New, Limit = 7 });
                Assert.True(some.Count <= 7);
                empty = some.Count == 0 ? empty + 1 : 0;
                mine.AddRange(some);
            }
            return mine;
        })));
        var ids = claimed.SelectMany(entries => entries).Select(entry => entry.Id).ToList();
        Assert.Equal((600, 600), (ids.Count, ids.Distinct().Count()));
        Assert.All(claimed, (entries, i) => Assert.All(entries, entry => Assert.Equal(($"w{i}", 1L), (entry.LeaseOwner, entry.Fence))));
    }

    [Fact]
    public async Task Adds_in_opposite_orders_do_not_deadlock()
    {
        var ledger = await OpenWithAsync();
        var keys = Enumerable.Range(0, 300).Select(i => $"k{i}").ToList();
        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var process = Open();
            return await process.AddAsync([.. (i % 2 == 0 ? keys : Enumerable.Reverse(keys)).Select(key => New(key))]);
        })));
        Assert.Equal(300, added.Sum());
        Assert.Equal(300, (await ledger.CountAsync()).Total);
    }

    [GeneratedRegex(@"state in \(([^)]*)\)")]
    private static partial Regex StateList();
}
