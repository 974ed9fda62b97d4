using System;
using System.Collections.Generic;
using KlingGen.Checks;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <summary>Recognizes URLs of media files among the strings of a document, and fal's metadata of the files.</summary>
internal static class MediaReader
{
    /// <summary>Addresses that fal calls or shows but does not load as media.</summary>
    private static readonly string[] NotMedia = { "webhook", "callback", "redirect", "website", "page_url", "base_url", "link_url" };

    /// <param name="schema">The text's own schema.</param>
    /// <param name="member">The schema of the property, which has the metadata if the string is inside a list or a union.</param>
    /// <param name="wireName">The member's name.</param>
    public static MediaConstraints? Read(SpecNode schema, SpecNode? member, string wireName)
    {
        var field = Field(schema) ?? (member is null ? null : Field(member));
        var marks = new[] { schema, schema.Get("x-fal"), member, member?.Get("x-fal"), InnerMarks(member) };
        var constraints = new MediaConstraints { Kind = KindOf(field) };
        foreach (var mark in marks)
        {
            if (mark is { Kind: JsonKind.Object } && HasAny(mark)) constraints = Merge(constraints, mark);
        }

        return constraints.IsLimited || IsMediaField(field) || IsMediaName(wireName) ? constraints : null;
    }

    /// <summary>Adds the constraints of an extension object such as <c>x-fal</c>; those that are set already stay.</summary>
    public static MediaConstraints Merge(MediaConstraints constraints, SpecNode extension)
    {
        var limits = new List<MediaLimit>();
        foreach (var row in MediaConstraintTable.Rows)
        {
            if ((constraints.LimitOf(row) ?? Number(extension, row.Keyword)) is { } limit) limits.Add(new MediaLimit(row.Name, limit));
        }

        return constraints with { Limits = limits, Extensions = constraints.Extensions ?? Extensions(extension) };
    }

    /// <summary>Most metadata has no keyword that <see cref="Merge"/> reads.</summary>
    private static bool HasAny(SpecNode mark)
    {
        foreach (var member in mark.Members)
        {
            if (member.Name == "extensions" || member.Name.StartsWith("min_", StringComparison.Ordinal)
                || member.Name.StartsWith("max_", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>In a nullable list the metadata may be on the items inside the union.</summary>
    private static SpecNode? InnerMarks(SpecNode? member) => member?.Get("items")?.Get("x-fal");

    private static string? Field(SpecNode node)
    {
        if (node.Get("_fal_ui_field") is { Kind: JsonKind.String } old) return old.Text;
        return node.Get("ui")?.Get("field") is { Kind: JsonKind.String } field ? field.Text : null;
    }

    private static MediaKind KindOf(string? field) => field switch
    {
        "image" or "image_mask" or "mask" => MediaKind.Image,
        "video" => MediaKind.Video,
        "audio" => MediaKind.Audio,
        _ => MediaKind.Any,
    };

    private static bool IsMediaField(string? field) => KindOf(field) != MediaKind.Any || field == "file";

    private static bool IsMediaName(string wireName)
    {
        if (!(wireName is "url" or "urls" || wireName.EndsWith("_url", StringComparison.Ordinal)
            || wireName.EndsWith("_urls", StringComparison.Ordinal))) return false;
        foreach (var word in NotMedia)
        {
            if (wireName.IndexOf(word, StringComparison.Ordinal) >= 0) return false;
        }

        return true;
    }

    private static string? Number(SpecNode mark, string name)
        => mark.Get(name) is { Kind: JsonKind.Number } number && NumberText.ToDouble(number.Text) is >= 0 and < double.PositiveInfinity ? number.Text
            : null;

    private static string? Extensions(SpecNode mark)
    {
        if (mark.Get("extensions") is not { Kind: JsonKind.Array, Items.Length: > 0 } list) return null;
        var endings = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Kind == JsonKind.String && item.Text.StartsWith(".", StringComparison.Ordinal) && item.Text.IndexOf(';') < 0)
                endings.Add(item.Text.ToLowerInvariant());
        }

        return endings.Count == 0 ? null : string.Join(";", endings);
    }
}
