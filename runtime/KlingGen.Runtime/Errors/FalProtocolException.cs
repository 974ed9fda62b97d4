using Fal.Wire;

namespace Fal;

/// <summary>An answer that could not be understood. The answer itself is kept in <see cref="RawJson"/>.</summary>
public sealed class FalProtocolException : FalException
{
    /// <summary>Creates the error.</summary>
    public FalProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Where in the answer the surprise is, as a JSON path (<c>$.video.url</c>); null where it is not about one place.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The whole answer as it arrived; empty where there was none.</summary>
    public FalRawJson RawJson { get; init; }
}
