namespace Fal.Emulation;

/// <summary>Options of webhook deliveries. The defaults are the known values of fal's schedule.</summary>
public sealed record FalWebhookDeliveryOptions
{
    /// <summary>The maximum number of attempts; 31 by default.</summary>
    public int MostAttempts { get; init; } = 31;

    /// <summary>The delay between attempts; 2 minutes by default, so that all attempts take an hour.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The timeout of the first attempt; 15 seconds by default.</summary>
    public TimeSpan FirstAnswerTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The timeout of each later attempt; 2 minutes by default.</summary>
    public TimeSpan LaterAnswerTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether webhooks may be sent to other machines. By default only loopback addresses are allowed, and other deliveries
    /// are recorded as refused.
    /// </summary>
    public bool AllowOtherMachines { get; init; }

    /// <summary>The account of the webhooks, sent in the header <c>X-Fal-Webhook-User-Id</c>.</summary>
    public string UserId { get; init; } = "emulator-user";

    /// <summary>The signer of the webhooks; by default one with a random key.</summary>
    public FalWebhookSigner? Signer { get; init; }

    /// <exception cref="ArgumentException">An option is invalid.</exception>
    internal void Validate()
    {
        Require(MostAttempts >= 1, nameof(MostAttempts), MostAttempts, "at least 1");
        RequireTime(nameof(Pause), Pause);
        RequireTime(nameof(FirstAnswerTime), FirstAnswerTime);
        RequireTime(nameof(LaterAnswerTime), LaterAnswerTime);
        Require(!string.IsNullOrEmpty(UserId) && WebhookHeaders.IsPlain(UserId), nameof(UserId), UserId, "ASCII of a moderate length");

        static void RequireTime(string name, TimeSpan time) => Require(OptionLimits.IsTimer(time), name, time, OptionLimits.TimerTimes);
        static void Require(bool isValid, string option, object? value, string allowed)
            => OptionLimits.Require(isValid, $"Webhooks.{option}", value, allowed);
    }
}
