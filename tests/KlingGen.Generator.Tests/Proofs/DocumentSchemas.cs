using Fal.Emulation;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Validates instances against the schemas of a document with NJsonSchema; each schema is read once.</summary>
internal sealed class DocumentSchemas(JObject document)
{
    private readonly JsonSchemaDocument _document = new(document);
    private readonly Dictionary<JToken, JsonSchema> _schemas = new(ReferenceEqualityComparer.Instance);

    public static JObject Parse(string json) => (JObject)JsonSchemaDocument.Parse(json);

    /// <summary>What is wrong with the instance; empty if it is valid.</summary>
    public IReadOnlyList<string> Problems(JToken schema, JToken instance)
    {
        if (!_schemas.TryGetValue(schema, out var judge)) _schemas.Add(schema, judge = _document.Read(schema));
        return [.. JsonSchemaDocument.Validate(judge, instance).Select(problem => $"{problem.Path}: {problem.Kind}")];
    }
}
