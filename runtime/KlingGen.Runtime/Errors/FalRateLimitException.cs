namespace Fal;

/// <summary>
/// A rate limit was reached (429): the number of calls, the number of concurrent requests, or the maximum queue length of the
/// call. Nothing was started.
/// </summary>
public sealed class FalRateLimitException(string message, Exception? innerException = null)
    : FalException(message, innerException, isTransient: true)
{
    /// <summary>The pause that the server requests; null if its answer has none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
