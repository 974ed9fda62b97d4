using System;
using System.Collections.Concurrent;
using System.Threading;

namespace KlingGen;

/// <summary>
/// A step whose work begins on the thread pool as soon as an input is known. The driver takes the inputs of a step one by one, on one thread, and two
/// of the steps are most of a first run.
/// </summary>
internal sealed class BackgroundStep<TInput, TResult>(Func<TInput, CancellationToken, TResult> work)
{
    // The driver asks for the first result first and the pool begins with the last input, so that one waits for the other once only.
    private readonly ConcurrentStack<Lazy<TResult>> _waiting = new();

    /// <summary>
    /// Starts the work on an input. A thread that asks for the result before the pool has begun does the work itself. When the run is cancelled, no
    /// more work begins.
    /// </summary>
    public Lazy<TResult> Start(TInput input, CancellationToken cancellation)
    {
        var result = new Lazy<TResult>(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            return work(input, cancellation);
        });
        _waiting.Push(result);
        ThreadPool.QueueUserWorkItem(static step => ((BackgroundStep<TInput, TResult>)step!).WorkOnLast(), this);
        return result;
    }

    private void WorkOnLast()
    {
        if (!_waiting.TryPop(out var last)) return;
        try
        {
            _ = last.Value;
        }
        catch (Exception)
        {
            // Thrown again where the driver asks for the result.
        }
    }
}
