using Fal.Wire;

namespace Fal;

/// <summary>An answer that could not be parsed. <see cref="RawJson"/> contains the answer.</summary>
public sealed class FalProtocolException(string message, Exception? innerException = null)
    : FalException(message, innerException)
{
    /// <summary>The JSON path of the unexpected value in the answer (<c>$.video.url</c>); null if the error is not about one value.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The complete answer, unchanged; empty if there was none.</summary>
    public FalRawJson RawJson { get; init; }
}
