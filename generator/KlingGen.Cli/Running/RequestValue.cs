using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using Fal.Wire;
using KlingGen.Model;

namespace KlingGen.Cli.Running;

/// <summary>
/// An object of a request from the command line: JSON with local media among its values. It goes
/// the way of the typed requests, so the runtime checks it, looks into its files, uploads them and sends it.
/// </summary>
/// <param name="json">The members. A local file is a <see cref="JsonValue"/> that holds a <see cref="FalMedia"/>.</param>
/// <param name="endpoint">The document, where there is one.</param>
/// <param name="model">What the object should be, where that is known.</param>
/// <param name="place">The prefix of property names in messages; empty for the request itself.</param>
internal sealed class RequestValue(JsonObject json, KnownEndpoint? endpoint, ObjectModel? model, string place = "") : IFalObject<RequestValue>
{
    public JsonObject Json => json;

    static RequestValue IFalObject<RequestValue>.Read(ref FalJsonReader json) => throw new NotSupportedException("Requests are written, not read.");

    void IFalObject<RequestValue>.Check(FalChecks checks)
    {
        if (endpoint is null || model is null) return;
        new ValueChecks(checks, endpoint, place).Members(json, model);
    }

    void IFalObject<RequestValue>.Write(FalJsonWriter writer) => Write(writer, json);

    /// <summary>The JSON as it will be sent, with a stand-in for the address of each local file.</summary>
    public string ToText() => StandIn(json)!.ToJsonString();

    public static FalMedia? MediaOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<FalMedia>(out var media) ? media : null;

    private static void Write(FalJsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.NullValue();
                break;
            case JsonObject members:
                writer.StartObject();
                foreach (var (name, value) in members)
                {
                    writer.Name(name);
                    Write(writer, value);
                }

                writer.EndObject();
                break;
            case JsonArray items:
                writer.StartArray();
                foreach (var item in items) Write(writer, item);
                writer.EndArray();
                break;
            case JsonValue value when MediaOf(value) is { } media:
                writer.MediaValue(media);
                break;
            default:
                writer.JsonValue(JsonSerializer.SerializeToElement(node));
                break;
        }
    }

    private static JsonNode? StandIn(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, StandIn(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(StandIn)]),
        _ => MediaOf(node) is null ? node?.DeepClone() : JsonValue.Create("https://upload.invalid/file"),
    };
}
