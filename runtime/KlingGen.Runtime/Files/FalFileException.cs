namespace Fal;

/// <summary>A file could not be uploaded or downloaded. The message has the file, the progress and the next step.</summary>
public sealed class FalFileException(string message, Exception? innerException = null)
    : FalException(message, innerException)
{
    /// <summary>The bytes so far cannot be used any more, but a download from the beginning may succeed.</summary>
    internal bool CanStartOver { get; init; }
}
