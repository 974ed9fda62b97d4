using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// What an endpoint's document says about a request. Nothing of the generator's reading is used: a request that our
/// validators pass and this refuses is a fault that a test can find.
/// </summary>
internal sealed class RequestValidator(JsonObject root, JsonNode? schema)
{
    private readonly InstanceValidator _schema = new(root, schema);

    /// <summary>The details of fal's 422, one for each thing that is wrong; empty if nothing is.</summary>
    public IReadOnlyList<JsonObject> Validate(string body)
    {
        var instance = JsonSchemaDocument.Parse(body);
        return [.. _schema.Validate(instance).SelectMany(error => ErrorDetails.FromError(error, instance))];
    }
}
