using System.Diagnostics;
using Fal.Wire;

namespace Fal.Jobs;

/// <summary>The job of a key: what <see cref="FalSubmitOnceExtensions.SubmitOnceAsync"/> returns.</summary>
/// <typeparam name="TResult">What the endpoint makes.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalOnceJob<TResult>
    where TResult : class, IFalObject<TResult>
{
    private readonly OnceSubmit _submit;

    internal FalOnceJob(FalLedgerEntry entry, string? reason, FalJob<TResult>? job, OnceSubmit submit)
        => (Entry, Reason, Job, _submit) = (entry, reason, job, submit);

    /// <summary>The entry in the ledger, as it was when the call returned.</summary>
    public FalLedgerEntry Entry { get; }

    /// <summary>
    /// The state of the entry. <see cref="FalLedgerState.Unknown"/> means that a job may be running whose id is not known: call again later, or
    /// decide with <see cref="FalJobDecisions"/>. A queued entry waits for its batch, which is paused.
    /// </summary>
    public FalLedgerState State => Entry.State;

    /// <summary>Why there is no job, or why it failed; null otherwise.</summary>
    public string? Reason { get; }

    /// <summary>The handle to the job; null if none is known.</summary>
    public FalJob<TResult>? Job { get; }

    /// <summary>
    /// Waits for the result, and stores the end of the job in the ledger. A result that the ledger has is read from it, without a call to fal.
    /// </summary>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Stops the waiting, not the job.</param>
    /// <exception cref="InvalidOperationException">There is no job; the message has the state and the reason.</exception>
    /// <exception cref="FalJobFailedException">The job failed.</exception>
    public async Task<TResult> GetResultAsync(FalWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Entry.Result is { } stored) return FalJson.Read<TResult>(stored);
        if (Job is null) throw new InvalidOperationException($"{Entry}, without a job. {Reason}");
        try
        {
            var result = await Job.GetResultAsync(options ?? new FalWaitOptions(), cancellationToken).ConfigureAwait(false);
            await RecordEndAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception ex) when (ex is FalJobFailedException or FalJobCancelledException or FalRequestRejectedException)
        {
            await RecordEndAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The key, the endpoint and the state.</summary>
    public override string ToString() => Entry.ToString();

    // The caller has the result; the ledger can have it from a later call.
    private async Task RecordEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _submit.RecordEndAsync(Entry.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            Debug.WriteLine(ex);
        }
    }
}
