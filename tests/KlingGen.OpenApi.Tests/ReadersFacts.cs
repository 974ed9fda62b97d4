using System.Globalization;
using Microsoft.OpenApi.Any;
using Microsoft.OpenApi.Models;
using Microsoft.OpenApi.Readers;

namespace KlingGen.OpenApi.Tests;

/// <summary>The reading of Microsoft.OpenApi.Readers: one line per property of each component.</summary>
internal static class ReadersFacts
{
    public static SortedSet<string> Read(string text)
    {
        var document = new OpenApiStringReader().Read(text, out _);
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (component, schema) in document.Components.Schemas)
        {
            foreach (var (name, property) in schema.Properties)
                facts.Add($"{component}.{name}: {(schema.Required.Contains(name) ? "required " : "")}{Describe(property)}");
        }

        return facts;
    }

    /// <summary>Two limits in brackets, or nothing if there is none. A lower limit of zero means none for lengths and counts.</summary>
    public static string Limits(decimal? from, decimal? to)
        => from is null && to is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $"[{from.GetValueOrDefault():0.############}..{to:0.############}]");

    private static string Describe(OpenApiSchema schema)
    {
        if (schema.AllOf.Count == 1) return Describe(schema.AllOf[0]);
        var branches = schema.AnyOf.Concat(schema.OneOf).Where(branch => branch.Type != "null").ToArray();
        if (branches.Length == 1) return Describe(branches[0]);
        if (branches.Length > 1) return "one of " + string.Join(", ", branches.Select(Describe).Distinct().Order(StringComparer.Ordinal));
        if (schema.Enum.Count > 0) return "enum " + string.Join(' ', schema.Enum.Select(Word));
        return schema.Type switch
        {
            "string" => "string" + Limits(schema.MinLength, schema.MaxLength),
            "integer" => "integer" + Limits(schema.Minimum, schema.Maximum),
            "number" => "number" + Limits(schema.Minimum, schema.Maximum),
            "array" => "array" + Limits(schema.MinItems, schema.MaxItems) + " of " + Describe(schema.Items),
            "boolean" => "boolean",
            _ => "object",
        };
    }

    private static string Word(IOpenApiAny value) => value switch
    {
        OpenApiString text => text.Value,
        OpenApiInteger number => number.Value.ToString(CultureInfo.InvariantCulture),
        OpenApiDouble number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
