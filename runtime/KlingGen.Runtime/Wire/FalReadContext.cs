namespace Fal.Wire;

/// <summary>What a reader carries beside the JSON: the transport for later downloads, and the call whose answer it is.</summary>
internal sealed record FalReadContext(FalTransport? Transport, string? EndpointId = null, string? RequestId = null)
{
    /// <summary>What results say of their call.</summary>
    public FalCallInfo? Call { get; init; }

    public static FalReadContext ForCall(FalTransport transport, FalCallInfo call) => new(transport, call.EndpointId, call.RequestId) { Call = call };
}
