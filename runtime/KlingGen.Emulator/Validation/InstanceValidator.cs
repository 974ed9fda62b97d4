using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>Validates instances against one schema of a document with NJsonSchema. Without a schema, every instance is valid.</summary>
internal sealed class InstanceValidator(JsonObject root, JsonNode? schema)
{
    private readonly Lazy<JsonSchema?> _schema = new(() => schema is null ? null : Read(root, schema));

    public IEnumerable<ValidationError> Validate(JToken instance) => _schema.Value is { } known ? JsonSchemaDocument.Validate(known, instance) : [];

    private static JsonSchema Read(JsonObject root, JsonNode schema)
        => new JsonSchemaDocument((JObject)JsonSchemaDocument.Parse(root.ToJsonString())).Read(JsonSchemaDocument.Parse(schema.ToJsonString()));
}
