namespace Fal.Wire;

/// <summary>What a reader carries beside the JSON: the door for later downloads, and whose answer it is.</summary>
internal sealed record FalReadContext(FalTransport? Transport, string? EndpointId = null, string? RequestId = null);
