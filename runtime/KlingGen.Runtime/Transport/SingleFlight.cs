namespace Fal;

/// <summary>
/// Single-flight: coalesces concurrent callers into one task in flight. A caller that leaves does not affect the others; when
/// the last one leaves, the work is cancelled. A success is cached; a failure goes to the waiting callers, and the next
/// caller starts the work again. The work does not run in the first caller's <see cref="ExecutionContext"/>, because its
/// activity, culture and async locals do not belong to the other callers.
/// </summary>
internal sealed class SingleFlight<T>
{
    private readonly object _gate = new();
    private Run? _run;

    /// <summary>Waits for the work in flight, or starts <paramref name="work"/>.</summary>
    public async Task<T> JoinAsync(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Run run;
        lock (_gate)
        {
            if (_run is null)
            {
                var started = _run = new Run();
                // Queued to the thread pool, because the lock is held here.
                using IDisposable? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                started.Task = Task.Run(() => RunAsync(started, work));
            }
            run = _run;
            run.Callers++;
        }
        try
        {
            return await run.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(run);
        }
    }

    private async Task<T> RunAsync(Run run, Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(run.Stop.Token).ConfigureAwait(false);
        }
        catch
        {
            Forget(run);
            throw;
        }
    }

    private void Leave(Run run)
    {
        lock (_gate)
        {
            if (--run.Callers > 0 || run.Task.IsCompleted) return;
            if (_run == run) _run = null;
        }
        run.Stop.Cancel();
        // No caller waits for it any more, so its exception is observed here.
        run.Task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Forget(Run run)
    {
        lock (_gate)
        {
            if (_run == run) _run = null;
        }
    }

    private sealed class Run
    {
        public CancellationTokenSource Stop { get; } = new();
        public Task<T> Task { get; set; } = null!;
        public int Callers { get; set; }
    }
}
