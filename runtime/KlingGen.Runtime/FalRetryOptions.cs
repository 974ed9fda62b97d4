namespace Fal;

/// <summary>
/// How calls are repeated that may be repeated. What may be is not a setting: a call that starts paid work is repeated only while it is certain that
/// fal never received it.
/// </summary>
public sealed record FalRetryOptions
{
    /// <summary>No call is sent twice.</summary>
    public static FalRetryOptions None { get; } = new() { MaxRetries = 0 };

    /// <summary>How often one call is repeated at most, beyond the first try; 4 unless set.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The pause before the first repeat, doubled for each further one; half a second unless set.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause that doubling leads to; 20 seconds unless set.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How far each pause is spread at random, up and down, so that many clients do not return together; 0.25 (25 %) unless set.</summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>The longest pause that a server may ask for with <c>Retry-After</c>; it is cut to this. One minute unless set.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        Require(MaxRetries is >= 0 and <= 100, nameof(MaxRetries), "between 0 and 100");
        Require(BaseDelay >= TimeSpan.Zero && BaseDelay <= MaxDelay, nameof(BaseDelay), "between zero and MaxDelay");
        Require(MaxDelay <= TimeSpan.FromDays(1), nameof(MaxDelay), "at most one day");
        Require(Jitter is >= 0 and <= 1, nameof(Jitter), "between 0 and 1");
        Require(MaxRetryAfter >= TimeSpan.Zero && MaxRetryAfter <= TimeSpan.FromDays(1), nameof(MaxRetryAfter), "between zero and one day");

        static void Require(bool holds, string name, string rule)
        {
            if (!holds) throw new ArgumentException($"FalRetryOptions.{name} must be {rule}.");
        }
    }
}
