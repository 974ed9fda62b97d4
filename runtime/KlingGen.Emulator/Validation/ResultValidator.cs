using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>What an endpoint's document says about a result.</summary>
internal sealed class ResultValidator(JsonObject root, JsonNode? schema)
{
    private readonly InstanceValidator _schema = new(root, schema);

    /// <summary>What is wrong with a result, in a few words each; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate(JsonNode? result)
        => [.. _schema.Validate(JsonSchemaDocument.Parse(result?.ToJsonString() ?? "null")).Select(error => $"{error.Path}: {error.Kind}")];
}
