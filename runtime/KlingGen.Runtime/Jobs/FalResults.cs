using Fal.Wire;

namespace Fal;

/// <summary>From the bytes of a result to the typed result, on every path that brings one.</summary>
internal static class FalResults
{
    /// <exception cref="FalProtocolException">The bytes are not such a result; the exception holds them and what the call cost.</exception>
    public static TResult Read<TResult>(ReadOnlyMemory<byte> json, FalTransport transport, FalCallInfo call)
        where TResult : class, IFalObject<TResult>
    {
        try
        {
            return FalJson.Read<TResult>(json, FalReadContext.ForCall(transport, call));
        }
        catch (FalProtocolException ex)
        {
            ex.Locate(call.EndpointId, call.RequestId);
            ex.Charge(call.BillableUnits);
            throw;
        }
    }
}
