using System.Globalization;
using KlingGen.Specs;
using NJsonSchema;

namespace KlingGen.Cli.Checking;

/// <summary>Defaults and examples that NJsonSchema refuses.</summary>
internal static class ValueFindings
{
    /// <param name="document">The document, its overlays applied.</param>
    /// <param name="place">Where a node was written.</param>
    public static IEnumerable<Finding> Of(JsonNode document, Func<JsonNode, SpecPlace> place)
    {
        if (SchemaJudge.Of(document) is not { } judge) yield break;
        foreach (var (name, node) in document.Get("components")!.Get("schemas")!.Members.Select(member => (member.Name, member.Value)))
        {
            if (judge.Find(name) is not { } schema) continue;
            foreach (var finding in OfSchema(node, schema, place)) yield return finding;
            foreach (var property in node.Get("properties")?.Members ?? [])
            {
                if (!schema.Properties.TryGetValue(property.Name, out var typed)) continue;
                foreach (var finding in OfSchema(property.Value, typed, place)) yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> OfSchema(JsonNode node, JsonSchema schema, Func<JsonNode, SpecPlace> place)
    {
        if (node.Get("default") is { } value && Verdict(value, schema) is { } fault) yield return Make(ToolRules.DefaultRefused, value, fault, place);
        foreach (var example in (node.Get("examples")?.Items ?? []).Append(node.Get("example")))
        {
            if (example is not null && Verdict(example, schema) is { } refused) yield return Make(ToolRules.ExampleRefused, example, refused, place);
        }
    }

    private static Finding Make(SpecRule rule, JsonNode value, string fault, Func<JsonNode, SpecPlace> place)
        => new(rule, place(value), string.Format(CultureInfo.InvariantCulture, rule.Message, fault));

    // fal writes null for "no default", and among the examples for "may be left out".
    private static string? Verdict(JsonNode value, JsonSchema schema)
        => value.IsNull || SchemaJudge.Faults(schema, SchemaJudge.Json(value)) is not { Count: > 0 } faults ? null : string.Join("; ", faults);
}
