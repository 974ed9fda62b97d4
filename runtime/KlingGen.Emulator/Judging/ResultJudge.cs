using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>What an endpoint's document says about a result.</summary>
internal sealed class ResultJudge(JsonObject root, JsonNode? schema)
{
    private readonly SchemaJudge _schema = new(root, schema);

    /// <summary>What is wrong with a result, in a few words each; empty if nothing is.</summary>
    public IReadOnlyList<string> Judge(JsonNode? result)
        => [.. _schema.Judge(JsonSchemaDocument.Parse(result?.ToJsonString() ?? "null")).Select(error => $"{error.Path}: {error.Kind}")];
}
