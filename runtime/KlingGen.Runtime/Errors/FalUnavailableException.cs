namespace Fal;

/// <summary>
/// fal could not be reached, or could not answer, after all retries. A call that starts work certainly did not start it:
/// otherwise the error is <see cref="FalOutcomeUnknownException"/>.
/// </summary>
public sealed class FalUnavailableException(string message, Exception? innerException = null)
    : FalException(message, innerException, isTransient: true);
