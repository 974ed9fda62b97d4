namespace Fal;

/// <summary>The base of every error that this library raises about a call to fal.</summary>
public abstract class FalException : Exception
{
    private protected FalException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The endpoint that was called, where known.</summary>
    public string? EndpointId { get; init; }

    /// <summary>The queue request, where known.</summary>
    public string? RequestId { get; init; }
}
