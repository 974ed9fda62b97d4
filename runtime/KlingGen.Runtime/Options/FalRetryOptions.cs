namespace Fal;

/// <summary>
/// Retry settings. Which calls are retried is not configurable: a call that starts paid work is retried only if it is certain
/// that fal never received it.
/// </summary>
public sealed record FalRetryOptions
{
    /// <summary>Settings without retries: no call is sent twice.</summary>
    public static FalRetryOptions None => new() { MaxRetries = 0 };

    /// <summary>The maximum number of retries of one call, after the first attempt; 4 unless set.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The pause before the first retry, doubled for each further one; half a second unless set.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The maximum pause that doubling reaches; 20 seconds unless set.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The relative jitter of each pause, up and down, so that many clients do not retry at the same time; 0.25 (25 %) unless set.</summary>
    public double Jitter { get; set; } = 0.25;

    /// <summary>The maximum pause that a server may request with <c>Retry-After</c>; a longer one is reduced to it. One minute unless set.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        OptionRules.Require(MaxRetries is >= 0 and <= 100, "FalRetryOptions.MaxRetries", "between 0 and 100");
        OptionRules.Require(BaseDelay >= TimeSpan.Zero && BaseDelay <= MaxDelay, "FalRetryOptions.BaseDelay", "between zero and MaxDelay");
        OptionRules.Require(MaxDelay <= TimeSpan.FromDays(1), "FalRetryOptions.MaxDelay", "at most one day");
        OptionRules.Require(Jitter is >= 0 and <= 1, "FalRetryOptions.Jitter", "between 0 and 1");
        var isShort = MaxRetryAfter >= TimeSpan.Zero && MaxRetryAfter <= TimeSpan.FromDays(1);
        OptionRules.Require(isShort, "FalRetryOptions.MaxRetryAfter", "between zero and one day");
    }
}
