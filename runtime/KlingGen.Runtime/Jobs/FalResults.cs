using Fal.Wire;

namespace Fal;

/// <summary>Deserializes results, for every call that returns one.</summary>
internal static class FalResults
{
    /// <exception cref="FalProtocolException">The bytes are not a result of this type; the exception contains them and what
    /// the call cost.</exception>
    public static TResult Read<TResult>(ReadOnlyMemory<byte> json, FalTransport transport, FalCallInfo call)
        where TResult : class, IFalObject<TResult>
    {
        try
        {
            return FalJson.Read<TResult>(json, FalReadContext.ForCall(transport, call));
        }
        catch (FalProtocolException ex)
        {
            ex.SetCall(call.EndpointId, call.RequestId);
            ex.SetBillableUnits(call.BillableUnits);
            throw;
        }
    }
}
