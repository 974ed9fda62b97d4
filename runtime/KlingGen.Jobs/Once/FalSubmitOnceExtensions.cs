using Fal.Wire;

namespace Fal.Jobs;

/// <summary>Single jobs with an idempotency key.</summary>
public static class FalSubmitOnceExtensions
{
    /// <summary>
    /// Submits a request at most once per key: an idempotent submit, over any ledger. The same key with the same body returns the same job, in this
    /// process and in every other one that shares the ledger. The exact body and the intent are stored before the request leaves, so that a process
    /// that dies in between leaves a job whose state is <see cref="FalLedgerState.Unknown"/>. That state is returned and never submitted again;
    /// each call looks for the job in the account's request list.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="endpoint">The endpoint; its client pays.</param>
    /// <param name="key">The caller's key, such as the number of an order: 1 to 512 characters.</param>
    /// <param name="request">
    /// The input. Local media count with their bytes, so that the same file is the same body. A stream that cannot seek is refused.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the call, but not a submit under way.</param>
    /// <returns>The job, or the state of the key if there is no job.</returns>
    /// <exception cref="FalKeyConflictException">The key belongs to a job with another body. Nothing was sent.</exception>
    /// <exception cref="FalValidationException">The request has problems. Nothing was sent.</exception>
    /// <exception cref="FalException">
    /// fal refused the submit, so that there is no job. Another call submits again, unless the request is invalid.
    /// </exception>
    public static async Task<FalOnceJob<TResult>> SubmitOnceAsync<TRequest, TResult>(
        this IFalLedger ledger, FalEndpoint<TRequest, TResult> endpoint, string key, TRequest request,
        FalSubmitOnceOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new FalSubmitOnceOptions();
        var body = await OnceBody<TRequest>.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        var submit = new OnceSubmit(endpoint.Client, ledger, options);
        var entry = await submit.FindAsync(body.ToEntry(options.Batch, key, endpoint.EndpointId, null), cancellationToken).ConfigureAwait(false);
        if (entry is null || FalLedgerRules.IsUnsent(entry.State))
        {
            if (options.Submit?.SkipLocalChecks != true)
            {
                var problems = await endpoint.CheckAsync(request, cancellationToken).ConfigureAwait(false);
                if (problems.Count > 0) throw new FalValidationException(problems);
            }
            var now = options.TimeProvider.GetUtcNow();
            // Uploads are repeatable. Those of an entry that has waited may have expired at fal.
            var urls = entry is null || now - entry.AddedAt >= FalJobStep.UploadLifetime
                ? await body.UploadAsync(endpoint.Client.Files, cancellationToken).ConfigureAwait(false) : null;
            entry ??= await submit.AddAsync(body.ToEntry(options.Batch, key, endpoint.EndpointId, urls), cancellationToken).ConfigureAwait(false);
            if (urls is not null) entry = entry with { WireBody = body.Write(urls) };
        }
        entry = await submit.RunAsync(entry, cancellationToken).ConfigureAwait(false);
        var reason = entry.Reason ?? (await ledger.FindBatchAsync(entry.Batch, cancellationToken).ConfigureAwait(false))?.Reason;
        var job = entry.Token is { } token ? endpoint.Resume(token) : null;
        return new FalOnceJob<TResult>(entry, reason, job, submit);
    }
}
