using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>What an endpoint's document says about a result.</summary>
internal sealed class ResultJudge(ServedDocument document)
{
    private readonly SchemaJudge _schema = new(document, document.Output);

    /// <summary>What is wrong with a result, in a few words each; empty if nothing is.</summary>
    public IReadOnlyList<string> Judge(JsonNode? result)
        => [.. _schema.Judge(SchemaJudge.Parse(result?.ToJsonString() ?? "null")).Select(error => $"{error.Path}: {error.Kind}")];
}
