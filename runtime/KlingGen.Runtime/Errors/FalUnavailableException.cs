namespace Fal;

/// <summary>
/// fal could not be reached, or could not answer, however often the call was repeated. If the call would have started
/// work, it is certain that it did not: otherwise the error is <see cref="FalOutcomeUnknownException"/>.
/// </summary>
public sealed class FalUnavailableException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = true;
    }
}
