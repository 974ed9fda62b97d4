using System;
using System.Collections.Generic;
using System.Text;
using KlingGen.Json;

namespace KlingGen.Schemas;

/// <summary>
/// The JSON Schema of an endpoint's request, self-contained and compact: the parameters of a function that a language model calls. References lead to
/// <c>$defs</c>; keywords of OpenAPI and of fal that are no JSON Schema are left out.
/// </summary>
internal sealed class InputSchema
{
    /// <summary>How many references the root may lead through.</summary>
    private const int MaxReferences = 256;

    private static readonly HashSet<string> NotJsonSchema = new(StringComparer.Ordinal) { "ui", "discriminator", "xml", "externalDocs" };
    private static readonly HashSet<string> Literals = new(StringComparer.Ordinal) { "default", "enum", "const", "example", "examples" };
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions",
    };

    private readonly SpecNode? _schemas;
    private readonly StringBuilder _json = new();
    private readonly List<string> _definitions = new();

    private InputSchema(SpecNode? schemas) => _schemas = schemas;

    /// <param name="schema">The schema of the request; null if the document has none.</param>
    /// <param name="root">The document, its overlays applied.</param>
    public static string Write(SpecNode? schema, SpecNode root)
    {
        var writer = new InputSchema(root.Get("components")?.Get("schemas"));
        writer.WriteRoot(Resolve(schema, root));
        return writer._json.ToString();
    }

    /// <summary>The members of an object's schema, by their wire names; empty if it lists none.</summary>
    public static JsonMember[] PropertiesOf(SpecNode? schema, SpecNode root) => Resolve(schema, root)?.Get("properties")?.Members ?? [];

    /// <summary>Follows references to components.</summary>
    private static SpecNode? Resolve(SpecNode? schema, SpecNode root)
    {
        for (var i = 0; i < MaxReferences && TargetOf(schema?.Get("$ref")) is { } name; i++)
            schema = root.Get("components")?.Get("schemas")?.Get(name);
        return schema;
    }

    private static string? TargetOf(SpecNode? reference)
        => reference is { Kind: JsonKind.String } && reference.Text.StartsWith(SchemaReader.ReferencePrefix, StringComparison.Ordinal)
            ? reference.Text.Substring(SchemaReader.ReferencePrefix.Length) : null;

    private void WriteRoot(SpecNode? schema)
    {
        _json.Append('{');
        if (schema?.Get("type") is null) _json.Append("\"type\":\"object\",");
        if (schema is { IsObject: true }) WriteKeywords(schema);
        if (_definitions.Count > 0)
        {
            _json.Append("\"$defs\":{");

            // Definitions that name others add to the list while it is written.
            for (var i = 0; i < _definitions.Count; i++)
            {
                WriteName(_definitions[i]);
                WriteSchema(_schemas!.Get(_definitions[i])!);
                _json.Append(',');
            }

            End('}');
            _json.Append(',');
        }

        End('}');
    }

    private void WriteSchema(SpecNode node)
    {
        if (node.IsObject)
        {
            _json.Append('{');
            WriteKeywords(node);
            End('}');
        }
        else if (node.IsArray)
        {
            WriteList(node, WriteSchema);
        }
        else
        {
            WriteValue(node);
        }
    }

    private void WriteKeywords(SpecNode schema)
    {
        foreach (var member in schema.Members)
        {
            if (member.Name.StartsWith("x-", StringComparison.Ordinal) || NotJsonSchema.Contains(member.Name)) continue;
            if (member.Name == "$ref")
            {
                if (TargetOf(member.Value) is not { } target || _schemas?.Get(target) is null) continue;
                if (!_definitions.Contains(target)) _definitions.Add(target);
                WriteName("$ref");
                _json.Append(JsonEscape.Quote("#/$defs/" + target));
            }
            else
            {
                WriteName(member.Name);
                if (Literals.Contains(member.Name)) WriteValue(member.Value);
                else if (Maps.Contains(member.Name)) WriteMap(member.Value, WriteSchema);
                else WriteSchema(member.Value);
            }

            _json.Append(',');
        }
    }

    private void WriteValue(SpecNode node)
    {
        switch (node.Kind)
        {
            case JsonKind.Object: WriteMap(node, WriteValue); break;
            case JsonKind.Array: WriteList(node, WriteValue); break;
            case JsonKind.String: _json.Append(JsonEscape.Quote(node.Text)); break;
            default: _json.Append(node.Text); break;
        }
    }

    private void WriteMap(SpecNode node, Action<SpecNode> write)
    {
        _json.Append('{');
        foreach (var member in node.Members)
        {
            WriteName(member.Name);
            write(member.Value);
            _json.Append(',');
        }

        End('}');
    }

    private void WriteList(SpecNode node, Action<SpecNode> write)
    {
        _json.Append('[');
        foreach (var item in node.Items)
        {
            write(item);
            _json.Append(',');
        }

        End(']');
    }

    private void WriteName(string name) => _json.Append(JsonEscape.Quote(name)).Append(':');

    /// <summary>Closes an object or a list in place of the last comma.</summary>
    private void End(char bracket)
    {
        if (_json[_json.Length - 1] == ',') _json.Length--;
        _json.Append(bracket);
    }
}
