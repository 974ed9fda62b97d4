using System;
using KlingGen.Model;

namespace KlingGen.Specs;

/// <summary>Recognises fal's files: the same object under many names, which the runtime has by hand.</summary>
internal static class FileShape
{
    /// <summary>The runtime's own type, if the object has no member beyond it.</summary>
    public static TypeKind? Of(JsonNode schema, string title)
    {
        var isImage = title is "Image" or "ImageFile";
        if (!(title is "File" || isImage) || !HasUrl(schema)) return null;
        foreach (var member in schema.Get("properties")!.Members)
        {
            var fits = BaseMember(member.Name) is not null ? HasBaseType(member) : isImage && member.Name is "width" or "height" && IsType(member.Value, "integer");
            if (!fits) return null;
        }

        return isImage ? TypeKind.Image : TypeKind.File;
    }

    /// <summary>A file with more to say, such as a video with its length: its record derives from the runtime's file.</summary>
    public static bool IsFileLike(JsonNode schema)
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

    private static bool HasUrl(JsonNode schema)
    {
        if (schema.Get("properties")?.Get("url") is not { } url || !IsType(url, "string")) return false;
        if (schema.Get("required") is not { Kind: JsonKind.Array } required) return false;
        foreach (var name in required.Items)
        {
            if (name.Text == "url") return true;
        }

        return false;
    }

    private static bool HasBaseType(JsonMember member) => IsType(member.Value, member.Name == "file_size" ? "integer" : "string");

    /// <summary>The type itself, or a choice between it and null.</summary>
    private static bool IsType(JsonNode schema, string type)
    {
        if (schema.Get("enum") is not null) return false;
        if (schema.Get("type") is { Kind: JsonKind.String } own) return string.Equals(own.Text, type, StringComparison.Ordinal);
        if (schema.Get("anyOf") is not { Kind: JsonKind.Array } any) return false;
        foreach (var branch in any.Items)
        {
            if (branch.Get("type")?.Text is not { } word || (word != type && word != "null")) return false;
        }

        return true;
    }
}
