using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Naming;

namespace KlingGen.Schemas;

/// <content>Which members of an object would give their types one name: <c>style</c> and the elements of <c>styles</c>.</content>
internal sealed partial class SchemaReader
{
    /// <summary>The maximum depth of lists and unions above the schema that gets a type.</summary>
    private const int MaxTypeNameDepth = 8;

    /// <summary>
    /// Finds the properties whose types have a default name that another property's type or a component has too. None of them gets it, so that the
    /// order of the properties decides nothing.
    /// </summary>
    private bool[] ContestedMembers(JsonMember[] members, string[] names, string owner)
    {
        var wishes = new string?[names.Length];
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < wishes.Length; i++)
        {
            if (TypeNameOf(members[i].Value, owner, names[i], 0) is not { } wish) continue;
            wishes[i] = wish;
            count.TryGetValue(wish, out var users);
            count[wish] = users + 1;
        }

        return Array.ConvertAll(wishes, wish => wish is not null && (count[wish] > 1 || Titles().ContainsKey(wish)));
    }

    /// <summary>The name that the member's own type takes; null if the member has no type of its own, or one with a name.</summary>
    private static string? TypeNameOf(SpecNode schema, string owner, string member, int depth)
    {
        if (schema.Kind != JsonKind.Object || depth == MaxTypeNameDepth) return null;
        if (schema.Get("x-klinggen-name") is not null || schema.Get("x-klinggen-enum") is not null) return null;
        if (ValuesOf(schema) is not null) return DefaultTypeName(owner, member);
        if (schema.Get("$ref") is not null) return null;
        if (schema.Get("properties") is not null) return IsObject(schema) ? DefaultTypeName(owner, member) : null;
        if (schema.Get("allOf") is { Kind: JsonKind.Array, Items.Length: 1 } all) return TypeNameOf(all.Items[0], owner, member, depth + 1);
        if ((schema.Get("anyOf") ?? schema.Get("oneOf")) is { Kind: JsonKind.Array } any)
        {
            var branches = new List<SpecNode>();
            Flatten(any, branches, 0);
            return branches.Count == 1 ? TypeNameOf(branches[0], owner, member, depth + 1) : DefaultTypeName(owner, member);
        }

        if (schema.Get("type") is { Kind: JsonKind.Array } types && TypesOf(types).Count > 1) return DefaultTypeName(owner, member);
        var element = schema.Get("items") ?? schema.Get("additionalProperties");
        return element is null ? null : TypeNameOf(element, owner, NameRules.Element(member), depth + 1);
    }

    private static string DefaultTypeName(string owner, string member) => NameRules.MemberType(owner, member.Length == 0 ? "Value" : member);
}
