using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Playground;

/// <summary>A request that the page sent: JSON in which references to uploads stand for local files.</summary>
/// <param name="Entry">The endpoint.</param>
/// <param name="Value">The request with the files in place of the references.</param>
/// <param name="Text">The JSON as the page sent it.</param>
/// <param name="Files">The uploads that the request uses, by reference.</param>
internal sealed record RequestInput(CatalogEntry Entry, RequestValue Value, string Text, IReadOnlyDictionary<string, Upload> Files)
{
    /// <summary>Reads the members <c>endpoint</c> and <c>input</c> of a call.</summary>
    /// <exception cref="ToolException">The endpoint is unknown, or the input is no object.</exception>
    public static RequestInput Read(JsonObject call, EndpointCatalog catalog, UploadStore uploads)
    {
        var entry = catalog.Find(call.Text("endpoint")) ?? throw new ToolException("The endpoint is not known.");
        if (call["input"] is not JsonObject input) throw new ToolException("'input' must be a JSON object.");
        var files = new Dictionary<string, Upload>(StringComparer.Ordinal);
        var value = (JsonObject)Replace(input, uploads, files)!;
        return new RequestInput(entry, new RequestValue(value, entry.Known, entry.Known.Request), input.ToJsonString(), files);
    }

    private static JsonNode? Replace(JsonNode? node, UploadStore uploads, Dictionary<string, Upload> files)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Replace(member.Value, uploads, files))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Replace(item, uploads, files))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && uploads.Find(text) is { } upload:
                files[text] = upload;
                return JsonValue.Create(upload.Media);
            default:
                return node?.DeepClone();
        }
    }
}
