namespace Fal;

/// <summary>Pauses between repeats: doubling, spread at random, and never shorter than what the server asked for.</summary>
internal sealed class Backoff(FalRetryOptions options, Func<double> draw)
{
    /// <summary>The pause before repeat number <paramref name="repeat"/>, counted from 0.</summary>
    public TimeSpan Next(int repeat, TimeSpan? retryAfter)
    {
        var longest = options.MaxDelay.TotalSeconds;
        // Past 40 doublings every pause is the longest one, and the power would soon overflow.
        var seconds = Math.Min(longest, options.BaseDelay.TotalSeconds * Math.Pow(2, Math.Clamp(repeat, 0, 40)));
        var spread = 1 + options.Jitter * (2 * Math.Clamp(draw(), 0, 1) - 1);
        var pause = TimeSpan.FromSeconds(Math.Min(longest, seconds * spread));
        return retryAfter is { } asked && asked > pause ? asked : pause;
    }
}
