namespace Fal;

/// <summary>
/// An answer exceeded its size limit, and the rest was not read. For a result the limit is
/// <see cref="FalClientOptions.MaxResultBytes"/>: the job is done and paid, so resume <see cref="FalException.Token"/> with a
/// client that has a larger limit.
/// </summary>
/// <param name="maxBytes">The limit.</param>
/// <param name="innerException">What caused it, if anything.</param>
public sealed class FalResponseTooLargeException(long maxBytes, Exception? innerException = null)
    : FalException(
        Invariant($"The answer is longer than the limit of {maxBytes} bytes. For a result, set FalClientOptions.MaxResultBytes higher and resume."),
        innerException,
        isTransient: false)
{
    /// <summary>The limit, in bytes.</summary>
    public long MaxBytes { get; } = maxBytes;
}
