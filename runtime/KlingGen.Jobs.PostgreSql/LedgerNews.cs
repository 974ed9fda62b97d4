using Npgsql;

namespace Fal.Jobs;

/// <summary>
/// The wake-up of waiting runners: a latch that a change in this process or a notification of the database sets. LISTEN has a connection of its
/// own, which is opened by the first wait and again after it broke.
/// </summary>
internal sealed class LedgerNews(NpgsqlDataSource dataSource, string listen, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(60);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _news = NewLatch();
    private Task? _listening;

    /// <summary>Ends the current wait, or the next one if none is going on.</summary>
    public void Announce()
    {
        lock (_gate) _news.TrySetResult();
    }

    /// <summary>Waits for a notification since the last wait, and at the latest until the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task news;
        lock (_gate)
        {
            if (!_stopping.IsCancellationRequested) _listening ??= Task.Run(ListenAsync, CancellationToken.None);
            news = _news.Task;
        }
        try
        {
            await news.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing was notified; entries may have become due by now.
            return;
        }
        lock (_gate)
        {
            if (_news.Task == news) _news = NewLatch();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? listening;
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested) return;
            _stopping.Cancel();
            listening = _listening;
        }
        if (listening is not null) await listening.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewLatch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListenAsync()
    {
        var stopping = _stopping.Token;
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stopping).ConfigureAwait(false);
                connection.Notification += (_, _) => Announce();
                await using var command = new NpgsqlCommand(listen, connection);
                await command.ExecuteNonQueryAsync(stopping).ConfigureAwait(false);
                // What was notified before was not heard.
                Announce();
                while (true)
                {
                    // LISTEN again is no change; it detects a connection that was lost without an error.
                    if (!await connection.WaitAsync(Probe, stopping).ConfigureAwait(false))
                        await command.ExecuteNonQueryAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The database is unreachable, or a pooler does not forward LISTEN: waits end by the clock until it answers again.
            }
            try
            {
                await Task.Delay(Reconnect, time, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
