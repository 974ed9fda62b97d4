namespace Fal;

/// <summary>Exponential backoff with jitter, never shorter than the <c>Retry-After</c> of the server.</summary>
internal sealed class Backoff(FalRetryOptions options, Func<double> draw)
{
    /// <summary>The pause before retry number <paramref name="retry"/>, counted from 0.</summary>
    public TimeSpan Next(int retry, TimeSpan? retryAfter)
    {
        var longest = options.MaxDelay.TotalSeconds;
        // After 40 doublings every pause has the maximum length, and the power would soon overflow.
        var seconds = Math.Min(longest, options.BaseDelay.TotalSeconds * Math.Pow(2, Math.Clamp(retry, 0, 40)));
        var spread = 1 + options.Jitter * (2 * Math.Clamp(draw(), 0, 1) - 1);
        var pause = TimeSpan.FromSeconds(Math.Min(longest, seconds * spread));
        return retryAfter is { } asked && asked > pause ? asked : pause;
    }
}
