namespace Fal;

/// <summary>
/// The request left this process and no usable answer came back: a job may be running, and may be charged, or not. It
/// was not repeated, and repeating it may pay twice. Where <see cref="FalException.RequestId"/> is known, resume that
/// job; otherwise look at the account's recent requests first.
/// </summary>
public sealed class FalOutcomeUnknownException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalOutcomeUnknownException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>When the request was sent; null where it was not a submit.</summary>
    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>
    /// The SHA-256 of the body's canonical form (members sorted, numbers normalized, URLs of uploads included), by which
    /// <see cref="FalPlatform.FindJobsAsync(FalOutcomeUnknownException, CancellationToken)"/> finds the job; null where it was not a submit.
    /// </summary>
    public string? BodyHash { get; internal set; }
}
