namespace Fal;

/// <summary>
/// The request left this process and no usable answer came back: a job may be running, and may be charged, or not. It was not repeated, and repeating it
/// may pay twice. Where <see cref="FalException.RequestId"/> is known, resume that job; otherwise look at the account's recent requests first.
/// </summary>
public sealed class FalOutcomeUnknownException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalOutcomeUnknownException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
