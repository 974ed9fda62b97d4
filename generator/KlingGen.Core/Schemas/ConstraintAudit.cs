using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Reports the keywords that limit a request and that no reader marked as enforced, once per document and keyword: what is not checked is never
/// left out in silence. Results are not checked at all, so only what a request leads to is visited.
/// </summary>
internal sealed class ConstraintAudit(SpecNode schemas, ReadContext context)
{
    private const string ReferencePrefix = SchemaReader.ReferencePrefix;

    private static readonly HashSet<string> StringKeywords = new(StringComparer.Ordinal) { "minLength", "maxLength", "pattern", "format" };

    private static readonly HashSet<string> NumberKeywords = new(StringComparer.Ordinal)
    {
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    };

    private static readonly HashSet<string> ListKeywords = new(StringComparer.Ordinal)
    {
        "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains",
    };

    private static readonly HashSet<string> ObjectKeywords = new(StringComparer.Ordinal)
    {
        "minProperties", "maxProperties", "propertyNames", "patternProperties", "dependentRequired", "dependentSchemas", "dependencies",
    };

    private static readonly HashSet<string> Conditions = new(StringComparer.Ordinal) { "if", "else", "not", "enum", "const" };

    /// <summary>Formats that a server checks. Others, like <c>int32</c> or <c>binary</c>, name a representation.</summary>
    private static readonly HashSet<string> CheckedFormats = new(StringComparer.Ordinal)
    {
        "date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "url", "uri-reference",
            "iri",
        "uuid", "regex", "json-pointer",
    };

    // Schemas nest as deep as documents like, so the walk keeps a stack of its own.
    private readonly Stack<SpecNode> _pending = new();
    private readonly List<SpecNode> _children = new();
    private readonly HashSet<SpecNode> _seen = new();

    public void Run(SpecNode? root)
    {
        if (root is not null) _pending.Push(root);
        while (_pending.Count > 0)
        {
            var schema = _pending.Pop();
            if (schema.Kind == JsonKind.Object && _seen.Add(schema) && !context.IsEnforced(schema)) Visit(schema);
        }
    }

    private void Visit(SpecNode schema)
    {
        _children.Clear();
        foreach (var member in schema.Members)
        {
            switch (member.Name)
            {
                case "$ref" when member.Value.Kind == JsonKind.String:
                    Follow(member.Value.Text);
                    break;
                case "properties":
                    foreach (var property in member.Value.Members) _children.Add(property.Value);
                    break;
                case "items" or "additionalProperties":
                    _children.Add(member.Value);
                    break;
                case "allOf" or "prefixItems":
                    foreach (var part in member.Value.Items) _children.Add(part);
                    break;
                case "anyOf" or "oneOf" when !context.IsEnforced(member.Value):
                    foreach (var branch in member.Value.Items) _children.Add(branch);
                    break;
                case "then" when schema.Get("if") is { } condition && context.IsEnforced(condition) && !context.IsEnforced(member.Value):
                    _children.Add(member.Value);
                    break;
                case "required":
                    CheckRequired(member.Value);
                    break;
                default:
                    if (Limits(schema, member) && !context.IsEnforced(member.Value)) context.ReportNotEnforced(member.Name, member.Value);
                    break;
            }
        }

        // The last one pushed is visited first, and the document's order decides which place is reported.
        for (var i = _children.Count - 1; i >= 0; i--) _pending.Push(_children[i]);
    }

    private void Follow(string reference)
    {
        if (!reference.StartsWith(ReferencePrefix, StringComparison.Ordinal)) return;
        var key = reference.Substring(ReferencePrefix.Length).Replace("~1", "/").Replace("~0", "~");
        if (schemas.Get(key) is { } target) _children.Add(target);
    }

    private void CheckRequired(SpecNode names)
    {
        foreach (var name in names.Items)
        {
            if (name.Kind != JsonKind.String || context.IsEnforced(name)) continue;
            context.ReportNotEnforced("required", name);
            return;
        }
    }

    /// <summary>Whether the keyword limits the values of its schema.</summary>
    private static bool Limits(SpecNode schema, JsonMember member)
    {
        var (name, value) = (member.Name, member.Value);
        if (value.Kind is JsonKind.False or JsonKind.Null) return name == "not" && value.Kind == JsonKind.False;
        if (value.Kind == JsonKind.Number && value.Text == "0" && name.StartsWith("min", StringComparison.Ordinal) && name != "minimum") return false;
        if (Conditions.Contains(name)) return name != "if" || schema.Get("then") is not null || schema.Get("else") is not null;

        // The values of an enum are the constraint; a length beside them adds nothing.
        var isScalar = schema.Get("enum") is null && schema.Get("const") is null;
        if (StringKeywords.Contains(name)) return isScalar && Applies(schema, "string") && (name != "format" || CheckedFormats.Contains(value.Text));
        if (NumberKeywords.Contains(name)) return isScalar && (Applies(schema, "number") || Applies(schema, "integer"));
        if (ListKeywords.Contains(name))
            return Applies(schema, "array") && (name != "contains" || !IsZero(schema.Get("minContains")) || schema.Get("maxContains") is not null);
        return ObjectKeywords.Contains(name) && Applies(schema, "object");
    }

    private static bool IsZero(SpecNode? node) => node is { Kind: JsonKind.Number, Text: "0" };

    /// <summary>A keyword limits nothing where the schema permits no value of the keyword's type.</summary>
    private static bool Applies(SpecNode schema, string type)
    {
        if (schema.Get("type") is not { } declared) return true;
        if (declared.Kind == JsonKind.String) return declared.Text == type;
        foreach (var item in declared.Items)
        {
            if (item.Text == type) return true;
        }

        return false;
    }
}
