using System.Diagnostics;

namespace Fal;

/// <summary>
/// A durable inbox of verified webhooks: a receiver stores a webhook, answers fal at once and handles it later, possibly on another machine.
/// Implement it over a database or a queue.
/// </summary>
public interface IFalWebhookInbox
{
    /// <summary>
    /// Stores a webhook durably before it returns. False if its request id is present already, whether it was handled or not; keep handled ids for
    /// at least a day, because fal retries a delivery for hours.
    /// </summary>
    ValueTask<bool> TryAddAsync(FalInboxWebhook webhook, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a lease on the oldest webhook that is not handled, not delayed and not leased; null if there is none. An expired lease counts as none.
    /// </summary>
    ValueTask<FalInboxWebhook?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Marks a webhook as handled; its body may be deleted.</summary>
    ValueTask CompleteAsync(string requestId, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back, so that the webhook is taken again after a delay.</summary>
    ValueTask ReleaseAsync(string requestId, TimeSpan delay, CancellationToken cancellationToken = default);
}

/// <summary>A verified webhook in an <see cref="IFalWebhookInbox"/>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalInboxWebhook
{
    /// <summary>The request id, by which webhooks are deduplicated.</summary>
    public required string RequestId { get; init; }

    /// <summary>The name of the route that received it and whose handler is called.</summary>
    public required string Route { get; init; }

    /// <summary>The body as it arrived: JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The fal account of the webhook.</summary>
    public required string UserId { get; init; }

    /// <summary>The time of the signature.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The endpoint of the job, if the webhook URL has it.</summary>
    public string? EndpointId { get; init; }

    /// <summary>The caller's own id of the job, if the webhook URL has one.</summary>
    public string? LedgerId { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the submit, if the webhook URL has one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The number of times that <see cref="IFalWebhookInbox.TakeAsync"/> has returned it, including this one.</summary>
    public int Attempt { get; init; }

    /// <summary>Whether <paramref name="other"/> is a webhook of the same request.</summary>
    public bool Equals(FalInboxWebhook? other) => other is not null && RequestId == other.RequestId;

    /// <inheritdoc/>
    public override int GetHashCode() => RequestId.GetHashCode(StringComparison.Ordinal);

    /// <summary>The route and the request id; never the body.</summary>
    public override string ToString() => $"webhook of {RequestId} for route {Route}";
}
