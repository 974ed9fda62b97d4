namespace Fal.Jobs.Tests;

/// <summary>The ledger within a transaction of the application.</summary>
public sealed class JoinTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task Added_entries_are_committed_or_rolled_back_with_the_transaction()
    {
        var ledger = await OpenWithAsync();
        await ExecuteAsync("create table orders (id text primary key)");
        foreach (var commits in (bool[])[false, true])
        {
            await using var connection = await ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var insert = new Npgsql.NpgsqlCommand("insert into orders values ('4711')", connection)) await insert.ExecuteNonQueryAsync();
            Assert.Equal(1, await ledger.Join(transaction).AddAsync([New("order-4711")]));
            Assert.Equal(1, (await ledger.Join(transaction).CountAsync()).Total);
            Assert.Equal(0, (await ledger.CountAsync()).Total);
            if (commits) await transaction.CommitAsync();
            else await transaction.RollbackAsync();
            Assert.Equal(commits ? 1 : 0, (await ledger.CountAsync()).Total);
            Assert.Equal(commits ? 1L : 0L, await QueryAsync<long>("select count(*) from orders"));
        }
    }

    [Fact]
    public async Task Saved_is_committed_with_the_row_of_the_application()
    {
        var ledger = await OpenWithAsync("a");
        await ExecuteAsync("create table clips (job text primary key)");
        var entry = await SubmitAsync(ledger, await ClaimOneAsync(ledger), "11111111-1111-4111-8111-111111111111");
        entry = await ApplyAsync(ledger, entry, entry with { State = FalLedgerState.Finished, Result = "{}" });
        var saved = entry with { State = FalLedgerState.Saved, Files = ["a.mp4"], EndedAt = entry.AddedAt };
        foreach (var commits in (bool[])[false, true])
        {
            await using var connection = await ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var insert = new Npgsql.NpgsqlCommand("insert into clips values ('a')", connection)) await insert.ExecuteNonQueryAsync();
            await ApplyAsync(ledger.Join(transaction), entry, saved);
            if (commits) await transaction.CommitAsync();
            else await transaction.RollbackAsync();
            Assert.Equal(commits ? FalLedgerState.Saved : FalLedgerState.Finished, (await ledger.FindAsync(entry.Id))!.State);
            Assert.Equal(commits ? 1L : 0L, await QueryAsync<long>("select count(*) from clips"));
        }
        Assert.Equal(FalApplyOutcome.Conflict, await ledger.ApplyAsync(entry, saved));
    }

    [Fact]
    public async Task Refused_changes_leave_the_transaction_usable()
    {
        var ledger = await OpenWithAsync("a", "b");
        const string Id = "11111111-1111-4111-8111-111111111111";
        await SubmitAsync(ledger, await ClaimOneAsync(ledger), Id);
        var other = await ClaimOneAsync(ledger);
        var intent = await ApplyAsync(ledger, other, other with { State = FalLedgerState.Submitting, WireBody = "{}", IntentAt = other.AddedAt });
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var joined = ledger.Join(transaction);

        await Assert.ThrowsAsync<FalKeyConflictException>(() => joined.AddAsync([New("c"), New("a", "rain")]).AsTask());
        var token = new FalClient("key:secret").Endpoint(Endpoint).Resume(Id).ToToken();
        var taken = await joined.ApplyAsync(intent, intent with { State = FalLedgerState.Submitted, Token = token });
        Assert.Equal(FalApplyOutcome.RequestIdTaken, taken);
        Assert.Equal(FalApplyOutcome.Conflict, await joined.ApplyAsync(other, other with { Retries = 1 }));
        Assert.Equal(1, await joined.AddAsync([New("d")]));
        await transaction.CommitAsync();

        Assert.Equal(3, (await ledger.CountAsync()).Total);
        Assert.Equal(FalLedgerState.Submitting, (await ledger.FindAsync(intent.Id))!.State);
    }

    [Fact]
    public async Task Intent_in_a_joined_transaction_is_refused()
    {
        var ledger = await OpenWithAsync("a");
        var entry = await ClaimOneAsync(ledger);
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var intent = entry with { State = FalLedgerState.Submitting, WireBody = "{}", IntentAt = entry.AddedAt };
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.Join(transaction).ApplyAsync(entry, intent).AsTask());
        await transaction.CommitAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.Join(transaction).AddAsync([New("b")]).AsTask());
    }
}
