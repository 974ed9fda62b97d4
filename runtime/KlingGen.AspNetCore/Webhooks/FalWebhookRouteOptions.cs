namespace Fal.AspNetCore;

/// <summary>Options of one webhook route.</summary>
public sealed class FalWebhookRouteOptions
{
    // fal waits 15 seconds for the answer to a first delivery.
    private static readonly TimeSpan LongestHandler = TimeSpan.FromSeconds(14);

    /// <summary>
    /// The timeout of a delivery, from its first byte to the end of the handler; 12 seconds by default, at most 14, because
    /// fal waits 15. After the timeout the handler's token is cancelled and the answer makes fal deliver again.
    /// </summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// The lease of a webhook: while it is handled, but at most for this time, other deliveries of it are answered with 503;
    /// 1 minute by default. If the process dies, the webhook is handled again after this time.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The maximum size of the body in bytes; 8 MiB by default. A larger one is answered with 413.</summary>
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// True stores webhooks in the registered <see cref="IFalWebhookInbox"/>, answers fal at once and calls the handler
    /// later. The route needs a name (<c>WithName</c>), because other processes find the handler by this name.
    /// </summary>
    public bool Background { get; set; }

    /// <summary>The timeout of a handler in background mode; 10 minutes by default.</summary>
    public TimeSpan BackgroundTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether a delivery needs the signed query of <see cref="FalWebhooks.UrlFor"/>. Always true for routes without a
    /// result type. For other routes it is false by default, but a query that is present must be valid.
    /// </summary>
    public bool RequireSignedQuery { get; set; }

    internal FalWebhookRouteOptions Checked()
    {
        if (HandlerTimeout <= TimeSpan.Zero || HandlerTimeout > LongestHandler)
            throw new ArgumentException("FalWebhookRouteOptions.HandlerTimeout must be more than zero and at most 14 seconds: fal waits 15.");
        if (Lease <= HandlerTimeout)
            throw new ArgumentException(
                "FalWebhookRouteOptions.Lease must be longer than HandlerTimeout, or two nodes handle one webhook at a time.");
        if (BackgroundTimeout <= TimeSpan.Zero || BackgroundTimeout > TimeSpan.FromDays(1))
            throw new ArgumentException("FalWebhookRouteOptions.BackgroundTimeout must be more than zero and at most a day.");
        if (MaxBodyBytes is < 1 or > 1 << 30) throw new ArgumentException("FalWebhookRouteOptions.MaxBodyBytes must be between 1 byte and 1 GiB.");
        return (FalWebhookRouteOptions)MemberwiseClone();
    }
}
