using System.Globalization;
using System.Text.Json.Nodes;
using KlingGen.Model;
using KlingGen.Specs;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace KlingGen.Cli.Listing;

/// <summary>Constraints as JSON, by the keywords of JSON Schema; those of media by fal's own.</summary>
internal static class EndpointConstraints
{
    /// <summary>The constraints of a type, those of elements below <c>items</c>; null if there are none.</summary>
    public static JsonObject? Of(TypeUse use)
    {
        var limits = use.Constraints;
        var result = new JsonObject();
        Add("minLength", limits.MinLength);
        Add("maxLength", limits.MaxLength);
        Add("pattern", limits.Pattern);
        Add("format", limits.IsUrl && use.Kind == TypeKind.Text ? "uri" : null);
        Add("minimum", Number(limits.Minimum));
        Add("maximum", Number(limits.Maximum));
        Add("exclusiveMinimum", Number(limits.ExclusiveMinimum));
        Add("exclusiveMaximum", Number(limits.ExclusiveMaximum));
        Add("multipleOf", Number(limits.MultipleOf));
        Add("minItems", limits.MinItems);
        Add("maxItems", limits.MaxItems);
        Add("uniqueItems", limits.UniqueItems ? true : null);
        Add("media", limits.Media is { } media ? OfMedia(media) : null);
        Add("items", use.Element is { } element ? Of(element) : null);
        return result.Count == 0 ? null : result;

        void Add(string name, JsonNode? value)
        {
            if (value is not null) result[name] = value;
        }
    }

    private static JsonObject OfMedia(MediaConstraints media)
    {
        var result = new JsonObject();
        if (media.Kind != MediaKind.Any) result["kind"] = media.Kind.ToString().ToLowerInvariant();
        foreach (var (name, value) in ((string Name, string? Value)[])
            [
                ("min_file_size", media.MinBytes), ("max_file_size", media.MaxBytes), ("min_width", media.MinWidth), ("max_width", media.MaxWidth),
                ("min_height", media.MinHeight), ("max_height", media.MaxHeight), ("max_pixels", media.MaxPixels), ("min_aspect_ratio",
                    media.MinAspectRatio),
                ("max_aspect_ratio", media.MaxAspectRatio), ("min_duration", media.MinDuration), ("max_duration", media.MaxDuration), ("min_fps",
                    media.MinFps),
                ("max_fps", media.MaxFps),
            ])
        {
            if (Number(value) is { } number) result[name] = number;
        }

        if (media.Extensions is { } extensions) result["extensions"] = extensions;
        return result;
    }

    private static JsonValue? Number(string? text)
        => text is null ? null
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? JsonValue.Create(exact)
            : JsonValue.Create(Numbers.Double(text));
}
