using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fal;

namespace KlingGen.AotSmoke;

/// <summary>An object of the program's own that holds emitted types of the same project.</summary>
internal sealed record Order(string Id, LumenRequest Request, FalFile Clip);

// Its generator does not see the emitted types of the same project; the resolver before it in the chain knows them.
[JsonSerializable(typeof(Order))]
internal sealed partial class OrderContext : JsonSerializerContext;

internal static class Orders
{
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolverChain = { FalJson.TypeInfoResolver, OrderContext.Default } };

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
