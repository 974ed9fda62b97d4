namespace Fal.Wire;

/// <summary>The context of a reader: the transport for later downloads, and the call that returned the answer.</summary>
internal sealed record FalReadContext(FalTransport? Transport, string? EndpointId = null, string? RequestId = null)
{
    /// <summary>The metadata of the call, for results.</summary>
    public FalCallInfo? Call { get; init; }

    public static FalReadContext ForCall(FalTransport transport, FalCallInfo call) => new(transport, call.EndpointId, call.RequestId) { Call = call };
}
