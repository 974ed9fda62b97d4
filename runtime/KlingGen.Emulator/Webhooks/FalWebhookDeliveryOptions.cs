namespace Fal.Emulation;

/// <summary>How an emulator delivers webhooks. The defaults are what is known of fal's schedule.</summary>
public sealed record FalWebhookDeliveryOptions
{
    /// <summary>How often a webhook is sent at most; 31 times unless set.</summary>
    public int MostAttempts { get; init; } = 31;

    /// <summary>How long the emulator waits before it sends again; 2 minutes unless set, so that all attempts take an hour.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the receiver may take to answer the first attempt; 15 seconds unless set.</summary>
    public TimeSpan FirstAnswerTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the receiver may take to answer each later attempt; 2 minutes unless set.</summary>
    public TimeSpan LaterAnswerTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether webhooks leave this machine. Unless set they go to loopback addresses only, and others are recorded as refused.</summary>
    public bool AllowOtherMachines { get; init; }

    /// <summary>The account that webhooks belong to, as the header <c>X-Fal-Webhook-User-Id</c> names it.</summary>
    public string UserId { get; init; } = "emulator-user";

    /// <summary>What signs them; one with a random key unless set.</summary>
    public FalWebhookSigner? Signer { get; init; }
}
