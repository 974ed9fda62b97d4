namespace Fal;

/// <summary>
/// Retry limits for fal's own retries of a failed job, by cause. fal applies them to apps of the caller's own account, and
/// limits all attempts together to ten.
/// </summary>
public sealed record FalServerRetries
{
    /// <summary>Maximum retries after a status of 5xx.</summary>
    public int? ServerError { get; init; }

    /// <summary>Maximum retries after a timeout.</summary>
    public int? Timeout { get; init; }

    /// <summary>Maximum retries after a broken connection.</summary>
    public int? ConnectionError { get; init; }
}
