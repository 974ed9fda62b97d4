using System;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Schemas;

/// <summary>Recognises fal's files: the same object under many names, which the runtime has by hand.</summary>
internal static class FileShape
{
    private static readonly string[] TypedOtherwise = { "$ref", "allOf", "const", "enum" };

    /// <summary>The runtime's own type, if the object has no member beyond it.</summary>
    public static TypeKind? Detect(SpecNode schema, string title)
    {
        var isImage = title is "Image" or "ImageFile";
        if (!(title is "File" || isImage) || !HasUrl(schema)) return null;
        foreach (var member in schema.Get("properties")!.Members)
        {
            var fits = BaseMember(member.Name) is not null
                ? HasBaseType(member)
                : isImage && member.Name is "width" or "height" && IsPlain(member.Value, "integer", out _);
            if (!fits) return null;
        }

        return isImage ? TypeKind.Image : TypeKind.File;
    }

    /// <summary>A file with further properties, such as a video with its duration: its record derives from the runtime's file.</summary>
    public static bool IsFileLike(SpecNode schema)
    {
        if (!HasUrl(schema)) return false;
        var properties = schema.Get("properties")!;
        if (properties.Get("content_type") is null || (properties.Get("file_name") is null && properties.Get("file_size") is null)) return false;
        foreach (var member in properties.Members)
        {
            if (BaseMember(member.Name) is not null && !HasBaseType(member)) return false;
        }

        return true;
    }

    /// <summary>The member of the runtime's file that holds a wire member.</summary>
    public static string? BaseMember(string wireName) => wireName switch
    {
        "url" => "Url",
        "content_type" => "ContentType",
        "file_name" => "FileName",
        "file_size" => "FileSize",
        "file_data" => "FileData",
        _ => null,
    };

    public static bool IsBaseName(string name) => name is "Url" or "ContentType" or "FileName" or "FileSize" or "FileData";

    /// <summary>The property of a file, as the runtime's record types it: text, or the size as <c>long</c>.</summary>
    public static TypeUse BaseUse(TypeUse use) => use.Kind switch
    {
        TypeKind.Media => use with { Kind = TypeKind.Text, Constraints = Constraints.None },
        TypeKind.Int32 or TypeKind.Wide => use with { Kind = TypeKind.Int64 },
        _ => use,
    };

    private static bool HasUrl(SpecNode schema)
    {
        if (schema.Get("properties")?.Get("url") is not { } url || !IsPlain(url, "string", out var isNullable) || isNullable) return false;
        if (schema.Get("required") is not { Kind: JsonKind.Array } required) return false;
        foreach (var name in required.Items)
        {
            if (name.Text == "url") return true;
        }

        return false;
    }

    private static bool HasBaseType(JsonMember member) => IsPlain(member.Value, member.Name == "file_size" ? "integer" : "string", out _);

    /// <summary>
    /// The schema is the type itself, or a union of it and null. A reference, a constant or an enum is read as another C# type, which the
    /// runtime's property cannot hold.
    /// </summary>
    private static bool IsPlain(SpecNode schema, string type, out bool isNullable)
    {
        isNullable = schema.Get("nullable") is { Kind: JsonKind.True };
        foreach (var keyword in TypedOtherwise)
        {
            if (schema.Get(keyword) is not null) return false;
        }

        if ((schema.Get("anyOf") ?? schema.Get("oneOf")) is not { } choice) return IsTypeOrNull(schema.Get("type"), type, ref isNullable);
        var branches = 0;
        foreach (var branch in choice.Items)
        {
            if (branch.Get("type") is { Kind: JsonKind.String, Text: "null" }) isNullable = true;
            else if (IsPlain(branch, type, out var isBranchNullable)) (branches, isNullable) = (branches + 1, isNullable || isBranchNullable);
            else return false;
        }

        return branches == 1;
    }

    private static bool IsTypeOrNull(SpecNode? node, string type, ref bool isNullable)
    {
        if (node is { Kind: JsonKind.String }) return node.Text == type;
        if (node is not { Kind: JsonKind.Array }) return false;
        var count = 0;
        foreach (var item in node.Items)
        {
            if (item.Text == "null") isNullable = true;
            else if (item.Text == type) count++;
            else return false;
        }

        return count == 1;
    }
}
