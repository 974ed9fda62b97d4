namespace Fal.AspNetCore;

/// <summary>Options of one webhook route.</summary>
public sealed class FalWebhookRouteOptions
{
    // fal waits 15 seconds for the answer to a first delivery.
    private static readonly TimeSpan LongestHandler = TimeSpan.FromSeconds(14);

    /// <summary>
    /// How long a delivery may take, from its first byte to the end of the handler; 12 seconds unless set, at most 14, because fal waits 15. Then the
    /// handler's token is cancelled and fal is asked to deliver again.
    /// </summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// How long other deliveries of the same webhook are put off while it is handled; 1 minute unless set. If the process dies, the webhook is
    /// handled again after this time.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest body that is read, in bytes; 8 MiB unless set. A larger one is answered with 413.</summary>
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// True stores webhooks in the registered <see cref="IFalWebhookInbox"/>, answers fal at once and calls the handler later. The route needs a name
    /// (<c>WithName</c>), by which other processes find the handler.
    /// </summary>
    public bool Background { get; set; }

    /// <summary>How long a handler of the background mode may take; 10 minutes unless set.</summary>
    public TimeSpan BackgroundTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether a delivery needs the signed query of <see cref="FalWebhooks.UrlFor"/>. Always true for routes without a result type; false unless set
    /// for the others, where a query that is there must be right all the same.
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
