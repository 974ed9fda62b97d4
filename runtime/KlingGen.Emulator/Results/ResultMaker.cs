using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Makes the results of jobs from their documents.</summary>
internal sealed class ResultMaker(EmulatorParts parts)
{
    /// <summary>The bare output of a job that succeeded. Called once for each such job, when the result is first asked for.</summary>
    public JsonNode? Make(EmulatedJob job)
    {
        _ = parts;
        var document = job.Document;
        if (document.Resolve(document.Output) is not JsonObject output) return new JsonObject();
        var result = new JsonObject();
        foreach (var (name, schema) in output["properties"] as JsonObject ?? []) if (Example(document, schema) is { } example) result[name] = example.DeepClone();
        return result;
    }

    private static JsonNode? Example(ServedDocument document, JsonNode? schema)
        => (schema as JsonObject)?["examples"] is JsonArray { Count: > 0 } own ? own[0] : (document.Resolve(schema) as JsonObject)?["examples"] is JsonArray { Count: > 0 } known ? known[0] : null;
}
