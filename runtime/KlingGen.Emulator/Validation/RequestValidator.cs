using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Validates requests against an endpoint's document. It shares no code with the generator's validators, so a difference
/// between them is an error that a test can find.
/// </summary>
internal sealed class RequestValidator(JsonObject root, JsonNode? schema)
{
    private readonly InstanceValidator _schema = new(root, schema);

    /// <summary>Gets the details of fal's 422 response, one for each error; empty if the request is valid.</summary>
    public IReadOnlyList<JsonObject> Validate(string body)
    {
        var instance = JsonSchemaDocument.Parse(body);
        return [.. _schema.Validate(instance).SelectMany(error => ErrorDetails.FromError(error, instance))];
    }
}
