using System.Globalization;
using System.Text.Json.Nodes;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Listing;

/// <summary>Constraints as JSON, by the keywords of JSON Schema; those of media by fal's own.</summary>
internal static class EndpointConstraints
{
    /// <summary>The constraints of a type, those of elements below <c>items</c>; null if there are none.</summary>
    public static JsonObject? ToJson(TypeUse use)
    {
        var result = new JsonObject();
        var target = ConstraintTable.TargetOf(use.Kind);
        foreach (var row in ConstraintTable.Rows)
        {
            if ((row.Targets & target) != 0 && row.Get(use.Constraints) is { } value) Add(row.Keyword, Value(row, value, use.Kind));
        }

        Add("media", use.Constraints.Media is { } media ? OfMedia(media) : null);
        Add("items", use.Element is { } element ? ToJson(element) : null);
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
        foreach (var row in MediaConstraintTable.Rows)
        {
            if (media.LimitOf(row) is { } limit) result[row.Keyword] = Number(limit);
        }

        if (media.Extensions is { } extensions) result["extensions"] = extensions;
        return result;
    }

    private static JsonNode? Value(ConstraintKeyword row, string value, TypeKind kind) => row.Form switch
    {
        ConstraintForm.Pattern => value,
        ConstraintForm.Flag when row.Keyword == "format" => kind == TypeKind.Text ? "uri" : null,
        ConstraintForm.Flag => true,
        _ => Number(value),
    };

    private static JsonValue Number(string text)
        => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? JsonValue.Create(exact)
            : JsonValue.Create(NumberText.ToDouble(text));
}
