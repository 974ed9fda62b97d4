namespace Fal;

/// <summary>The job was cancelled at fal before it had a result.</summary>
public sealed class FalJobCancelledException(string message, Exception? innerException = null)
    : FalException(message, innerException, isTransient: false)
{
    internal const string BeforeResult = "The job was cancelled before it had a result. Submit the request again if you still need one.";
}
