using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Validates results against an endpoint's document.</summary>
internal sealed class ResultValidator(JsonObject root, JsonNode? schema)
{
    private readonly InstanceValidator _schema = new(root, schema);

    /// <summary>Gets short messages about the errors of a result; empty if it is valid.</summary>
    public IReadOnlyList<string> Validate(JsonNode? result)
        => [.. _schema.Validate(JsonSchemaDocument.Parse(result?.ToJsonString() ?? "null")).Select(error => $"{error.Path}: {error.Kind}")];
}
