namespace Fal;

/// <summary>
/// One piece of work that many callers wait for together. A caller who leaves disturbs nobody; when the last one leaves, the work stops. A success is
/// kept for ever, a failure goes to those who wait and the next caller starts anew.
/// </summary>
internal sealed class SharedCall<T>
{
    private readonly object _gate = new();
    private Run? _run;

    /// <summary>Waits for the work that is under way, or starts <paramref name="work"/>.</summary>
    public async Task<T> JoinAsync(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Run run;
        lock (_gate)
        {
            if (_run is null)
            {
                _run = new Run();
                _run.Task = StartAsync(_run, work);
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

    private async Task<T> StartAsync(Run run, Func<CancellationToken, Task<T>> work)
    {
        // The lock is held here; the work begins outside it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
        // Nobody is left to look at how it ends.
        _ = run.Task.ContinueWith(
            static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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
