using System.Globalization;
using KlingGen.Diagnostics;
using KlingGen.Json;
using NJsonSchema;

namespace KlingGen.Cli.Checking;

/// <summary>Defaults and examples that NJsonSchema refuses.</summary>
internal static class ValueDiagnostics
{
    /// <param name="document">The document, its overlays applied.</param>
    /// <param name="place">Where a node was written.</param>
    public static IEnumerable<ReportedDiagnostic> Find(SpecNode document, Func<SpecNode, SourceLocation> place)
    {
        if (SchemaValidator.FromDocument(document) is not { } validator) yield break;
        foreach (var (name, node) in document.Get("components")!.Get("schemas")!.Members.Select(member => (member.Name, member.Value)))
        {
            if (validator.Find(name) is not { } schema) continue;
            foreach (var diagnostic in OfSchema(node, schema, place)) yield return diagnostic;
            foreach (var property in node.Get("properties")?.Members ?? [])
            {
                if (!schema.Properties.TryGetValue(property.Name, out var typed)) continue;
                foreach (var diagnostic in OfSchema(property.Value, typed, place)) yield return diagnostic;
            }
        }
    }

    private static IEnumerable<ReportedDiagnostic> OfSchema(SpecNode node, JsonSchema schema, Func<SpecNode, SourceLocation> place)
    {
        if (node.Get("default") is { } value && Verdict(value, schema) is { } fault) yield return Make(ToolRules.DefaultRefused, value, fault, place);
        foreach (var example in (node.Get("examples")?.Items ?? []).Append(node.Get("example")))
        {
            if (example is not null && Verdict(example, schema) is { } refused) yield return Make(ToolRules.ExampleRefused, example, refused, place);
        }
    }

    private static ReportedDiagnostic Make(DiagnosticRule rule, SpecNode value, string fault, Func<SpecNode, SourceLocation> place)
        => new(rule, place(value), string.Format(CultureInfo.InvariantCulture, rule.Message, fault));

    // fal writes null for "no default", and among the examples for "may be left out".
    private static string? Verdict(SpecNode value, JsonSchema schema)
        => value.IsNull || SchemaValidator.Faults(schema, SchemaValidator.Json(value)) is not { Count: > 0 } faults
            ? null
            : string.Join("; ", faults);
}
