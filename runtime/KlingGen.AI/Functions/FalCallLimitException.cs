namespace Fal;

/// <summary>Error: a function was called more often than <see cref="FalAIFunctionOptions.MaxCalls"/> allows. Nothing was sent.</summary>
public sealed class FalCallLimitException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="endpointId">The endpoint that was not called.</param>
    /// <param name="limit">The limit.</param>
    public FalCallLimitException(string endpointId, int limit)
        : base(FormattableString.Invariant($"The function for '{endpointId}' was called {limit} times; FalAIFunctionOptions.MaxCalls is {limit}. ")
            + "Nothing was sent. Create a function with a higher limit to go on.")
    {
        EndpointId = endpointId;
        Limit = limit;
    }

    /// <summary>The endpoint that was not called.</summary>
    public string EndpointId { get; }

    /// <summary>The limit.</summary>
    public int Limit { get; }
}
