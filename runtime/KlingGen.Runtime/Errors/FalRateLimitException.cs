namespace Fal;

/// <summary>A limit was reached (429): of calls, of requests at work, or the queue length that the call allowed. Nothing was started.</summary>
public sealed class FalRateLimitException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalRateLimitException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = true;
    }

    /// <summary>The waiting time that the server asks for; null if it names none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
