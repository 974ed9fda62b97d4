namespace Fal;

/// <summary>
/// The request was sent and no usable answer came back: a job may be running, and may be charged, or not. The request was not
/// retried, because a retry may pay twice. If <see cref="FalException.RequestId"/> is known, resume that job; otherwise check
/// the account's recent requests first.
/// </summary>
public sealed class FalOutcomeUnknownException(string message, Exception? innerException = null)
    : FalException(message, innerException)
{
    /// <summary>The time at which the request was sent; null if it was not a submit.</summary>
    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>
    /// The SHA-256 of the body's canonical form (properties sorted, numbers normalized, URLs of uploads included), with which
    /// <see cref="FalPlatform.FindJobsAsync(FalOutcomeUnknownException, CancellationToken)"/> finds the job; null if it was
    /// not a submit.
    /// </summary>
    public string? BodyHash { get; internal set; }
}
