using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Fal.Jobs.Tests;

/// <summary>The wake-up by LISTEN and NOTIFY. The clock stands still, so that only a notification ends a wait.</summary>
public sealed class NotifyTests(PostgreSqlServer server) : DatabaseTests(server)
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Wait_ends_with_the_webhook_that_another_process_receives()
    {
        var (waiting, other) = await OpenTwoAsync();
        var wait = waiting.WaitForWorkAsync(Forever);
        Assert.True(await other.TryAddAsync(
            new FalInboxWebhook { RequestId = "r", Route = "jobs", Body = default, UserId = "u", SentAt = _time.GetUtcNow() }));
        await EndsAsync(wait);
    }

    [Fact]
    public async Task Changes_that_make_work_are_notified_and_no_others()
    {
        var ledger = await OpenWithAsync();
        await using var connection = await ConnectAsync();
        var heard = new List<string>();
        connection.Notification += (_, notification) => heard.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen fal_jobs", connection)) await listen.ExecuteNonQueryAsync();

        await ledger.AddAsync([New("a"), New("b")]);
        var entry = await SubmitAsync(ledger, await ClaimOneAsync(ledger), "11111111-1111-4111-8111-111111111111");
        entry = await ApplyAsync(ledger, entry, entry with { DueAt = entry.DueAt.AddHours(1), LeaseOwner = null, LeaseUntil = null });
        await ExecuteAsync("notify fal_jobs, 'submitted'");
        // The window has room for another entry.
        await ApplyAsync(ledger, entry, entry with { State = FalLedgerState.Finished, Result = "{}" });
        await ledger.UpdateBatchAsync("films", batch => batch);
        await ExecuteAsync("notify fal_jobs, 'end'");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!heard.Contains("end")) await connection.WaitAsync(limit.Token);
        Assert.Equal(["", "submitted", "", "", "end"], heard);
    }

    [Fact]
    public async Task Notification_between_two_waits_ends_the_second()
    {
        var (waiting, other) = await OpenTwoAsync();
        await other.AddAsync([New("a")]);
        // The second connection that listens has heard it as well, once this one has.
        var witness = Open(time: _time);
        await EndsAsync(witness.WaitForWorkAsync(Forever));
        await EndsAsync(waiting.WaitForWorkAsync(Forever));
    }

    [Fact]
    public async Task Wait_goes_on_over_a_lost_connection()
    {
        var (waiting, other) = await OpenTwoAsync();
        var wait = waiting.WaitForWorkAsync(Forever);
        Assert.False(wait.IsCompleted);
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen fal_jobs' and datname = current_database()");
        for (var i = 0; i < 3000 && !wait.IsCompleted; i++)
        {
            // The pause before the next connection.
            _time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10);
        }
        // Connected again, it looks at once, for what was notified meanwhile.
        await EndsAsync(wait);
        wait = waiting.WaitForWorkAsync(Forever);
        await other.AddAsync([New("a")]);
        await EndsAsync(wait);
    }

    [Fact]
    public async Task Wait_ends_with_the_commit_of_a_joined_transaction()
    {
        var (waiting, other) = await OpenTwoAsync();
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var wait = waiting.WaitForWorkAsync(Forever);
        await waiting.Join(transaction).AddAsync([New("a")]);
        Assert.False(wait.IsCompleted);
        await transaction.CommitAsync();
        await EndsAsync(wait);
        Assert.Equal(1, (await other.CountAsync()).Total);
    }

    /// <summary>Two ledgers, of which the first listens and has heard of everything so far.</summary>
    private async Task<(FalPostgreSqlLedger Waiting, FalPostgreSqlLedger Other)> OpenTwoAsync()
    {
        var (waiting, other) = (Open(time: _time), Open(time: _time));
        await other.AddBatchAsync("films", new FalJobPolicy());
        await EndsAsync(waiting.WaitForWorkAsync(Forever));
        return (waiting, other);
    }

    private static Task EndsAsync(Task wait) => wait.WaitAsync(TimeSpan.FromSeconds(60));
}
