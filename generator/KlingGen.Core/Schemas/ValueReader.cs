using System.Collections.Generic;
using System.Globalization;
using System.Text;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>Takes a value out of its document, by the type it has there. The value has been found to fit.</summary>
internal static class ValueReader
{
    public static ValueModel Read(SpecNode node, TypeUse use, SchemaReader types)
    {
        if (node.Kind == JsonKind.Null) return use.Kind == TypeKind.Json ? Free(node) : new ValueModel { Kind = TypeKind.Boolean, Text = "null" };
        switch (use.Kind)
        {
            case TypeKind.List:
                var items = new ValueModel[node.Items.Length];
                for (var i = 0; i < items.Length; i++) items[i] = Read(node.Items[i], use.Element!, types);
                return new ValueModel { Kind = use.Kind, Type = use.Element, Items = items, Text = Compact(node) };
            case TypeKind.Map:
                var entries = new ValueMember[node.Members.Length];
                for (var i = 0; i < entries.Length; i++)
                    entries[i] = new ValueMember(node.Members[i].Name, Read(node.Members[i].Value, use.Element!, types));
                return new ValueModel { Kind = use.Kind, Type = use.Element, Members = entries, Text = Compact(node) };
            case TypeKind.Object when types.Find(use) is ObjectModel model:
                return new ValueModel { Kind = use.Kind, Type = use, Members = Members(node, model, types), Text = Compact(node) };
            case TypeKind.File or TypeKind.Image:
                return new ValueModel { Kind = use.Kind, Type = use, Members = FileMembers(node, use.Kind == TypeKind.Image), Text = Compact(node) };
            case TypeKind.Union when types.Find(use) is UnionModel union:
                foreach (var branch in union.Branches)
                {
                    if (ValueValidator.Fault(node, branch.Type, types) is null) return Read(node, branch.Type, types);
                }

                return Free(node);
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum when types.Find(use) is EnumModel choice:
                return new ValueModel { Kind = use.Kind, Type = use, Text = node.Text, EnumValue = NameOf(node, choice) };
            case TypeKind.Json:
                return Free(node);
            default:
                return new ValueModel { Kind = use.Kind, Text = node.Text };
        }
    }

    private static ValueModel Free(SpecNode node) => new() { Kind = TypeKind.Json, Text = Compact(node) };

    private static EquatableArray<ValueMember> Members(SpecNode node, ObjectModel model, SchemaReader types)
    {
        var members = new List<ValueMember>();
        foreach (var property in model.Properties)
        {
            if (node.Get(property.WireName) is { } value && (value.Kind != JsonKind.Null || property.IsRequired))
                members.Add(new ValueMember(property.Name, Read(value, property.Type, types)));
        }

        return members;
    }

    private static EquatableArray<ValueMember> FileMembers(SpecNode node, bool isImage)
    {
        var members = new List<ValueMember>();
        foreach (var member in node.Members)
        {
            if (member.Value.Kind == JsonKind.String && FileShape.BaseMember(member.Name) is { } text && text != "FileSize")
                members.Add(new ValueMember(text, new ValueModel { Kind = TypeKind.Text, Text = member.Value.Text }));
            else if (member.Value.TryGetInt64(out _) && member.Name == "file_size")
                members.Add(new ValueMember("FileSize", new ValueModel { Kind = TypeKind.Int64, Text = member.Value.Text }));
            else if (isImage && member.Value.TryGetInt32(out _) && member.Name is "width" or "height")
                members.Add(
                    new ValueMember(member.Name == "width" ? "Width" : "Height", new ValueModel { Kind = TypeKind.Int32, Text = member.Value.Text }));
        }

        return members;
    }

    private static string NameOf(SpecNode node, EnumModel choice)
    {
        foreach (var value in choice.Values)
        {
            if (choice.Kind == EnumKind.Text ? value.Wire == node.Text
                : NumberText.ToDouble(value.Wire) == NumberText.ToDouble(node.Text)) return value.Name;
        }

        return choice.Values[0].Name;
    }

    /// <summary>The value as JSON without white space.</summary>
    public static string Compact(SpecNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SpecNode node)
    {
        var isFirst = true;
        switch (node.Kind)
        {
            case JsonKind.Object:
                text.Append('{');
                foreach (var member in node.Members)
                {
                    if (!isFirst) text.Append(',');
                    isFirst = false;
                    Quote(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                foreach (var item in node.Items)
                {
                    if (!isFirst) text.Append(',');
                    isFirst = false;
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonKind.String:
                Quote(text, node.Text);
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c)) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        text.Append('"');
    }
}
