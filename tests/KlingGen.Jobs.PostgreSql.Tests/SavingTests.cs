using Fal.Jobs.Tests.Contract;
using Npgsql;

namespace Fal.Jobs.Tests;

/// <summary>A saver that stores the entry as saved in the transaction of the application's own row.</summary>
public sealed class SavingTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task The_row_and_the_saved_entry_are_committed_together()
    {
        using var fal = new ScriptedFal();
        using var client = fal.CreateClient();
        var ledger = await OpenWithAsync("a", "b", "c");
        await ExecuteAsync("create table clips (job text primary key, file text)");
        var saver = new RowSaver(ledger, ConnectAsync);
        var runner = new FalJobRunner(client, ledger, new FalJobRunnerOptions { Saver = saver });
        await runner.RunUntilIdleAsync("films").WaitAsync(TimeSpan.FromMinutes(2));

        // The first call of each entry failed after StoreSavedAsync: its row and its state were rolled back together.
        Assert.Equal(6, saver.Calls);
        Assert.Equal(3, (await ledger.CountAsync())[FalLedgerState.Saved]);
        Assert.Equal("a.mp4,b.mp4,c.mp4", await QueryAsync<string>("select string_agg(file, ',' order by file) from clips"));
        Assert.All(await ledger.ListAsync(new FalLedgerQuery()), entry => Assert.Equal([entry.Key + ".mp4"], entry.Files));
    }

    [Fact]
    public async Task A_saver_that_lost_its_entry_is_told_to_roll_back()
    {
        var ledger = await OpenWithAsync("a");
        var entry = await SubmitAsync(ledger, await ClaimOneAsync(ledger), "11111111-1111-4111-8111-111111111111");
        entry = await ApplyAsync(ledger, entry, entry with { State = FalLedgerState.Finished, Result = "{}" });
        await ApplyAsync(ledger, entry, entry with { Retries = 1 });
        using var client = new FalClient("key:secret");
        var save = new FalSaveCall(client, entry, TimeProvider.System);
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => save.StoreSavedAsync(ledger.Join(transaction), ["a.mp4"]));
    }

    private sealed class RowSaver(FalPostgreSqlLedger ledger, Func<Task<NpgsqlConnection>> connect) : IFalJobSaver
    {
        private readonly HashSet<string> _failed = [];
        private int _calls;

        public int Calls => _calls;

        public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            string[] files = [save.Entry.Key + ".mp4"];
            await using var connection = await connect();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var insert = new NpgsqlCommand("insert into clips values ($1, $2)", connection)
            {
                Parameters = { new() { Value = save.Entry.Id }, new() { Value = files[0] } },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await save.StoreSavedAsync(ledger.Join(transaction), files, cancellationToken);
            lock (_failed)
                if (_failed.Add(save.Entry.Key)) throw new InvalidOperationException("The commit failed.");
            await transaction.CommitAsync(cancellationToken);
            return files;
        }
    }
}
