using Fal.Emulation;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace KlingGen.Specs.Tests;

/// <summary>Validates instances against the types of a document with NJsonSchema.</summary>
internal sealed class JsonSchemaJudge(JsonObject document)
{
    private readonly JsonSchemaDocument _document = new((JObject)JsonSchemaDocument.Parse(document.ToJsonString()));
    private readonly Dictionary<(string Type, bool DemandRequired), JsonSchema> _schemas = [];

    /// <summary>What is wrong with the instance; empty if it is valid.</summary>
    public IReadOnlyList<string> Problems(string type, JsonNode? instance) => Problems(type, demandRequired: true, instance);

    /// <summary>The same for the value of one property, without the properties that the type requires.</summary>
    public IReadOnlyList<string> PropertyProblems(string type, string property, JsonNode? instance) =>
        Problems(type, demandRequired: false, new JsonObject { [property] = instance?.DeepClone() });

    private List<string> Problems(string type, bool demandRequired, JsonNode? instance)
    {
        if (!_schemas.TryGetValue((type, demandRequired), out var schema)) _schemas[(type, demandRequired)] = schema = Read(type, demandRequired);
        var errors = JsonSchemaDocument.Validate(schema, JsonSchemaDocument.Parse(instance?.ToJsonString() ?? "null"));
        return [.. errors.Select(error => $"{error.Path}: {error.Kind}")];
    }

    private JsonSchema Read(string type, bool demandRequired)
    {
        var schema = document.Schemas()[type]!.DeepClone().AsObject();
        if (!demandRequired) schema.Remove("required");
        return _document.Read(JsonSchemaDocument.Parse(schema.ToJsonString()));
    }
}
