using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Fal.Emulation;

/// <summary>What an endpoint's document says about a result, as NJsonSchema reads it.</summary>
internal sealed class OutputJudge(ServedDocument document)
{
    private readonly Lazy<JsonSchema?> _schema = new(() => SchemaOf(document));

    /// <summary>What is wrong with a result, one sentence each; empty if nothing is.</summary>
    public IReadOnlyList<string> Judge(JsonNode? result)
        => _schema.Value is { } schema ? [.. schema.Validate(Parse(result)).Select(error => $"{error.Path}: {error.Kind}")] : [];

    private static JsonSchema? SchemaOf(ServedDocument document)
    {
        if (document.Output is not { } output) return null;
        var all = new JudgeSchema((JObject)Parse(document.Root));
        return JsonSchema.FromJsonAsync(all.Whole(Parse(output)).ToString(Formatting.None)).GetAwaiter().GetResult();
    }

    // Newtonsoft turns what looks like a date into one unless it is told not to.
    private static JToken Parse(JsonNode? node)
    {
        using var text = new StringReader(node?.ToJsonString() ?? "null");
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        return JToken.Load(reader);
    }
}
