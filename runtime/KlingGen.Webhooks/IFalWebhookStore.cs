namespace Fal;

/// <summary>
/// Deduplication of webhooks by request id, with leases: only a completed id is a duplicate, so a receiver that dies while it handles a webhook does
/// not lose it. Implement it over a shared database when several machines receive webhooks.
/// </summary>
public interface IFalWebhookStore
{
    /// <summary>
    /// Takes a lease on a request id. Of concurrent calls with one id, on any machine, only one may be granted while the lease lasts; afterwards the
    /// next call is granted.
    /// </summary>
    /// <param name="requestId">The request id of a verified webhook.</param>
    /// <param name="lease">How long the caller may work on it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<FalWebhookLease> TryBeginAsync(string requestId, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Marks a request id as handled: from now on it is a duplicate.</summary>
    ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back because handling failed, so that the next delivery is handled. A completed id stays completed.</summary>
    ValueTask ReleaseAsync(string requestId, CancellationToken cancellationToken = default);
}

/// <summary>The answer of <see cref="IFalWebhookStore.TryBeginAsync"/>.</summary>
public enum FalWebhookLease
{
    /// <summary>The caller has the lease and handles the webhook.</summary>
    Granted,

    /// <summary>Another receiver has a lease that has not expired. Answer 503, so that fal delivers again.</summary>
    Held,

    /// <summary>The webhook was handled before. Answer 200 and do nothing.</summary>
    Completed,
}
