using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;

namespace KlingGen;

/// <summary>
/// Work that a step will ask for, begun on other threads as soon as its input is known. The driver goes through a step one input at a time, but only when the step before it is through with
/// all of its own: by then the work of a first run is half done. What comes out is the same, whoever did it.
/// </summary>
internal sealed class Ahead<TInput, TResult>(Func<TInput, TResult> work)
    where TInput : class
    where TResult : class
{
    // Held only as long as the input lives, for a run that is called off never asks. Inputs are told apart as objects.
    private readonly ConditionalWeakTable<TInput, Lazy<TResult>> _begun = new();

    // The last first: the one who asks comes from the other end, so that nobody waits for what another is at, but once in the middle.
    private readonly ConcurrentStack<Lazy<TResult>> _open = new();

    public TInput Begin(TInput input)
    {
        _open.Push(_begun.GetValue(input, key => new Lazy<TResult>(() => work(key))));
        ThreadPool.UnsafeQueueUserWorkItem(static open => DoOne((ConcurrentStack<Lazy<TResult>>)open!), _open);
        return input;
    }

    /// <summary>The result. Where nobody has come to it yet, the one who asks does the work: a pool without a free thread delays nothing.</summary>
    public TResult Result(TInput input)
    {
        if (!_begun.TryGetValue(input, out var begun)) return work(input);
        var result = begun.Value;
        _begun.Remove(input);
        return result;
    }

    private static void DoOne(ConcurrentStack<Lazy<TResult>> open)
    {
        if (!open.TryPop(out var next)) return;
        try
        {
            _ = next.Value;
        }
        catch (Exception)
        {
            // It is kept, and thrown where the result is asked for.
        }
    }
}
