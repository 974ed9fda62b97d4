namespace Fal;

/// <summary>
/// The deadline that the caller set has passed. The job, if there is one, may go on; its id is in
/// <see cref="FalException.RequestId"/>.
/// </summary>
public sealed class FalTimeoutException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The deadline that passed, where known.</summary>
    public TimeSpan? Deadline { get; init; }
}
