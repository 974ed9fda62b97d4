namespace Fal;

/// <summary>
/// Single-flight: coalesces concurrent callers into one task in flight. A caller that leaves does not affect the others; when
/// the last one leaves, the work is cancelled. A success is cached; a failure goes to the waiting callers, and the next
/// caller starts the work again. The work does not run in the first caller's <see cref="ExecutionContext"/>, because its
/// activity, culture and async locals do not belong to the other callers.
/// </summary>
internal sealed class SingleFlight<T>
{
    private Run? _run;

    /// <summary>Waits for the work in flight, or starts <paramref name="work"/>.</summary>
    /// <param name="work">Called inside the lock: it yields to the thread pool before it does anything.</param>
    /// <param name="closing">Cancels the work for all callers.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public Task<T> JoinAsync(Func<CancellationToken, Task<T>> work, CancellationToken closing, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        Run run;
        lock (this)
        {
            if (_run is not { Task: { IsCompleted: false } or { IsCompletedSuccessfully: true } })
            {
                using IDisposable? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                var stop = CancellationTokenSource.CreateLinkedTokenSource(closing);
                _run = new Run(work(stop.Token), stop);
            }
            run = _run;
            run.Callers++;
        }
        return WaitAsync(run, cancellationToken);
    }

    private async Task<T> WaitAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(run);
        }
    }

    private void Leave(Run run)
    {
        bool isAbandoned;
        lock (this)
        {
            if (--run.Callers > 0) return;
            isAbandoned = !run.Task.IsCompleted;
            if (isAbandoned) _run = null;
        }
        if (isAbandoned)
        {
            run.Stop.Cancel();
            // No caller waits for it any more, so its exception is observed here.
            run.Task.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
        run.Stop.Dispose();
    }

    private sealed class Run(Task<T> task, CancellationTokenSource stop)
    {
        public Task<T> Task => task;

        public CancellationTokenSource Stop => stop;

        public int Callers { get; set; }
    }
}
