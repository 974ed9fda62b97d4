namespace Fal;

/// <summary>The caller's deadline has passed. The job, if there is one, may continue; its id is in <see cref="FalException.RequestId"/>.</summary>
public sealed class FalTimeoutException(string message, Exception? innerException = null)
    : FalException(message, innerException)
{
    /// <summary>The deadline that passed, if known.</summary>
    public TimeSpan? Deadline { get; init; }
}
