using System.Globalization;

namespace Fal;

/// <summary>
/// An answer exceeded its size limit, and the rest was not read. For a result the limit is
/// <see cref="FalClientOptions.MaxResultBytes"/>: the job is done and paid, so resume <see cref="FalException.Token"/> with a
/// client that has a larger limit.
/// </summary>
public sealed class FalResponseTooLargeException : FalException
{
    /// <summary>Creates the error.</summary>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public FalResponseTooLargeException(long maxBytes, Exception? innerException = null)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The answer is longer than the limit of {maxBytes} bytes. For a result, set FalClientOptions.MaxResultBytes higher and resume."),
            innerException)
    {
        MaxBytes = maxBytes;
        IsTransient = false;
    }

    /// <summary>The limit, in bytes.</summary>
    public long MaxBytes { get; }
}
