using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Schemas;

/// <content><c>allOf</c>: objects become one object with the properties of all; any other value keeps the constraints of all.</content>
internal sealed partial class SchemaReader
{
    private const string SeveralShapes = "'allOf' of several shapes";

    /// <summary>Keywords that define the type of a value, in contrast to those that only constrain it.</summary>
    private static readonly string[] ShapeKeywords = { "$ref", "properties", "additionalProperties", "items", "prefixItems", "enum", "const" };

    /// <summary>
    /// Replaces an object with <c>allOf</c> by one object: properties of all parts, each name once, and everything that any part requires.
    /// Another schema stays.
    /// </summary>
    /// <returns>Why an object cannot be merged with its parts; null if it is merged or has none.</returns>
    private string? MergeAllOf(ref SpecNode schema)
    {
        if (schema.Get("allOf") is not { Kind: JsonKind.Array, Items.Length: > 0 } all) return null;

        // One part with annotations beside it is that part, not a copy of it.
        if (all.Items.Length == 1 && !HasObjectKeywords(schema)) return null;
        var parts = new List<SpecNode>();
        if (CollectParts(schema, parts, new HashSet<SpecNode>()) is { } failure) return schema.Get("properties") is null ? null : failure;
        var objects = parts.FindAll(static part => part.Get("properties") is { Kind: JsonKind.Object });
        var isMerged = objects.Count > 1 || (objects.Count == 1 && !ReferenceEquals(objects[0], schema));
        if (isMerged) schema = Merge(schema, all, parts, objects);
        return null;
    }

    /// <summary>Collects the schema and all parts of its <c>allOf</c>.</summary>
    /// <returns>Why they cannot be merged, in the words of KLG010.</returns>
    private string? CollectParts(SpecNode schema, List<SpecNode> parts, HashSet<SpecNode> seen)
    {
        if (!seen.Add(schema)) return null;
        if (seen.Count > MaxReferenceLinks) return "'allOf' of more than " + Digits(MaxReferenceLinks) + " parts";
        if (schema.Get("properties") is null && HasShape(schema)) return SeveralShapes;
        parts.Add(schema);
        if (schema.Get("allOf") is not { Kind: JsonKind.Array } all) return null;
        foreach (var item in all.Items)
        {
            if (Follow(item) is not { } part) return "'allOf' with a reference that leads nowhere";
            if (CollectParts(part, parts, seen) is { } failure) return failure;
        }

        return null;
    }

    private static SpecNode Merge(SpecNode schema, SpecNode all, List<SpecNode> parts, List<SpecNode> objects)
    {
        var properties = new List<JsonMember>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        var required = new List<SpecNode>();
        var rules = new List<SpecNode>();
        foreach (var part in objects)
        {
            foreach (var property in InOrder(part))
            {
                if (indexes.TryGetValue(property.Name, out var at)) properties[at] = Both(properties[at], property);
                else
                {
                    indexes.Add(property.Name, properties.Count);
                    properties.Add(property);
                }
            }
        }

        foreach (var part in parts)
        {
            if (part.Get("required") is { Kind: JsonKind.Array } names) required.AddRange(names.Items);
            if (part.Get("x-klinggen-rules") is { Kind: JsonKind.Array } own) rules.AddRange(own.Items);
        }

        var members = new List<JsonMember>();
        foreach (var member in schema.Members)
        {
            if (member.Name is not ("properties" or "required" or "allOf" or "x-klinggen-rules" or "x-fal-order-properties")) members.Add(member);
        }

        members.Add(new JsonMember("properties", all.Range, Node(all, properties.ToArray())));
        members.Add(new JsonMember("required", all.Range, SpecNode.Array(required.ToArray(), all.Range, all.Source)));
        if (rules.Count > 0) members.Add(new JsonMember("x-klinggen-rules", all.Range, SpecNode.Array(rules.ToArray(), all.Range, all.Source)));

        // The conditions of the parts are read from here.
        var others = parts.FindAll(part => !ReferenceEquals(part, schema));
        members.Add(new JsonMember("allOf", all.Range, SpecNode.Array(others.ToArray(), all.Range, all.Source)));
        return Node(schema, members.ToArray());
    }

    /// <summary>A property that two parts describe: both descriptions hold, and the annotations are those of the first part that has them.</summary>
    private static JsonMember Both(JsonMember first, JsonMember second)
    {
        var (one, other) = (first.Value, second.Value);
        if (ReferenceEquals(one, other) || IsSame(one, other)) return first;
        var parts = new List<SpecNode>();
        if (IsJoined(one)) parts.AddRange(one.Get("allOf")!.Items);
        else parts.Add(one);
        parts.Add(other);
        var members = new List<JsonMember> { new("allOf", one.Range, SpecNode.Array(parts.ToArray(), one.Range, one.Source)) };
        foreach (var node in new[] { one, other })
        {
            foreach (var member in node.Members)
            {
                if (IsAnnotation(member.Name) && !members.Exists(known => known.Name == member.Name)) members.Add(member);
            }
        }

        return new JsonMember(first.Name, first.NameRange, Node(one, members.ToArray()));
    }

    private static bool IsJoined(SpecNode node)
    {
        foreach (var member in node.Members)
        {
            if (member.Name != "allOf" && !IsAnnotation(member.Name)) return false;
        }

        return node.Get("allOf") is { Kind: JsonKind.Array };
    }

    /// <summary>Keywords that describe a value and do not limit it.</summary>
    private static bool IsAnnotation(string keyword)
        => keyword is "title" or "description" or "default" or "example" or "examples" or "deprecated" or "ui"
            || keyword.StartsWith("x-", StringComparison.Ordinal) || keyword.StartsWith("_", StringComparison.Ordinal);

    private static bool IsSame(SpecNode one, SpecNode other)
    {
        if (one.Kind != other.Kind || one.Text != other.Text || one.Items.Length != other.Items.Length || one.Members.Length != other.Members.Length)
            return false;
        for (var i = 0; i < one.Items.Length; i++)
        {
            if (!IsSame(one.Items[i], other.Items[i])) return false;
        }

        foreach (var member in one.Members)
        {
            if (other.Get(member.Name) is not { } twin || !IsSame(member.Value, twin)) return false;
        }

        return true;
    }

    private static bool HasObjectKeywords(SpecNode schema)
    {
        foreach (var member in schema.Members)
        {
            if (member.Name is "properties" or "required" or "dependentRequired" or "if" or "not" or "anyOf" or "oneOf" or "x-klinggen-rules")
                return true;
        }

        return false;
    }

    private static bool HasShape(SpecNode schema)
    {
        foreach (var keyword in ShapeKeywords)
        {
            if (schema.Get(keyword) is not null) return true;
        }

        if (schema.Get("type") is { } type and not { Kind: JsonKind.String, Text: "object" }) return true;
        return (schema.Get("anyOf") ?? schema.Get("oneOf")) is { Kind: JsonKind.Array, Items.Length: > 0 } any && !IsConditionList(any);
    }

    /// <summary>The type of the one part that has the narrowest shape, with the constraints of all parts.</summary>
    private TypeUse ReadAllOf(SpecNode all, SpecNode schema, NamingContext naming)
    {
        var own = WithoutAllOf(schema);
        if (all.Items.Length == 1 && !HasShape(own))
        {
            var only = Read(all.Items[0], naming);
            return only with { Constraints = ConstraintReader.Siblings(only, schema, _context) };
        }

        var parts = new List<SpecNode>(all.Items);
        if (HasShape(own)) parts.Add(own);
        var narrowest = -1;
        var followed = parts.ConvertAll(part => Follow(part) ?? part);
        for (var i = 0; i < parts.Count; i++)
        {
            if (!HasShape(followed[i]) && followed[i].Get("allOf") is null) continue;
            if (narrowest < 0 || (ReferenceEquals(followed[i], followed[narrowest])) || IsNarrower(followed[i], followed[narrowest])) narrowest = i;
            else if (!IsNarrower(followed[narrowest], followed[i])) return Unsupported(schema, SeveralShapes);
        }

        if (narrowest < 0) return Json();
        var use = Read(parts[narrowest], naming);
        var isNullable = use.IsNullable;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i == narrowest) continue;
            if (followed[i].Get("enum") is { } wider) _context.MarkEnforced(wider);
            use = use with { Constraints = ConstraintReader.Siblings(use, followed[i], _context) };
            isNullable &= !HasShape(followed[i]) || IsNullable(followed[i]);
        }

        return use with { IsNullable = isNullable, Constraints = ConstraintReader.Siblings(use, own, _context) };
    }

    /// <summary>Whether every value of one scalar schema has the type of the other.</summary>
    private static bool IsNarrower(SpecNode one, SpecNode other)
    {
        foreach (var keyword in ShapeKeywords)
        {
            if (other.Get(keyword) is { } wider && !(keyword == "enum" && one.Get(keyword) is { } values && IsSubset(values, wider))) return false;
            if (keyword is not ("enum" or "const") && one.Get(keyword) is not null) return false;
        }

        if (one.Get("anyOf") is not null || one.Get("oneOf") is not null || one.Get("allOf") is not null
            || other.Get("anyOf") is not null || other.Get("oneOf") is not null || other.Get("allOf") is not null) return false;
        var (type, wanted) = (TypeOf(one).Type, TypeOf(other).Type);
        return type == wanted || (type == "integer" && wanted == "number") || (type is null && (one.Get("enum") ?? one.Get("const")) is not null);
    }

    private static bool IsSubset(SpecNode values, SpecNode wider)
    {
        foreach (var value in values.Items)
        {
            if (!Array.Exists(wider.Items, other => IsSame(value, other))) return false;
        }

        return true;
    }

    private static bool IsNullable(SpecNode schema) => schema.Get("nullable") is { Kind: JsonKind.True } || TypeOf(schema).IsNullable;

    private static SpecNode WithoutAllOf(SpecNode schema)
    {
        var members = new List<JsonMember>(schema.Members);
        members.RemoveAll(static member => member.Name == "allOf");
        return Node(schema, members.ToArray());
    }

    private static SpecNode Node(SpecNode origin, params JsonMember[] members) => SpecNode.Object(members, origin.Range, origin.Source);

    /// <summary>The schema behind a chain of references; null if it leads nowhere.</summary>
    private SpecNode? Follow(SpecNode schema)
    {
        for (var links = 0; links <= MaxReferenceLinks; links++)
        {
            if (schema.Get("$ref") is not { Kind: JsonKind.String } reference) return schema;
            if (!reference.Text.StartsWith(ReferencePrefix, StringComparison.Ordinal)) return null;
            if (_schemas.Get(Unescape(reference.Text.Substring(ReferencePrefix.Length))) is not { } next) return null;
            schema = next;
        }

        return null;
    }
}
