using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fal.Tests.Wire;

// SERIALIZATION.md shows what follows. TextToClipRequest is emitted into this project, whose project file has a global using for its namespace.
internal sealed record Order(string Id, TextToClipRequest Request);

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderContext : JsonSerializerContext;

internal static class OrderJson
{
    private static readonly JsonSerializerOptions Options
        = new() { TypeInfoResolverChain = { FalJson.TypeInfoResolver, OrderContext.Default } };

    private static JsonTypeInfo<Order> Info => (JsonTypeInfo<Order>)Options.GetTypeInfo(typeof(Order));

    public static string Write(Order order) => JsonSerializer.Serialize(order, Info);

    public static Order? Read(string json) => JsonSerializer.Deserialize(json, Info);
}
