using System.Text;
using Fal;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>Keeps <c>specs/README.md</c>, the page that lists every endpoint, equal to what is emitted.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void The_catalogue_page_says_what_is_emitted()
    {
        var page = CataloguePage.Write();
        if (SpecFolder.UpdateGoldens) SpecFolder.Write("README.md", page);
        Assert.Equal(SpecFolder.Text("README.md"), page);
    }
}

internal static class CataloguePage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# The Kling catalogue\n\n");
        page.Append(Invariant($"{SpecFolder.Endpoints.Count} endpoints."))
            .Append(" The page is written by a test (`UPDATE_GOLDENS=1`) from the documents and their overlays; "
                + "where their facts come from stands in [SOURCES.md](SOURCES.md).\n");
        page.Append("Limits are those of single members, with those of the overlays; rules that join several members stand in the documentation "
            + "of the request.\n");
        foreach (var family in SpecFolder.Endpoints.GroupBy(Family))
        {
            page.Append(Invariant($"\n## {family.Key}\n\n"));
            page.Append("| endpoint | client | request | result | required | limits |\n|---|---|---|---|---|---|\n");
            foreach (var id in family)
            {
                var endpoint = GeneratedEndpoint.Of(id);
                var document = SpecFolder.ReadWithOverlay(id + ".json");
                var input = document.Schema(document.InputName());
                var required = List(SpecDocument.Strings(input["required"]).Select(name => $"`{name}`"));
                page.Append(Invariant($"| `{id}` | `{ClientPath.Text(id)}` | `{endpoint.Request.Name}` | `{endpoint.Result.Name}` "));
                page.Append(Invariant($"| {required} | {List(Constraints(input))} |\n"));
            }
        }

        return page.ToString();
    }

    /// <summary>The app, and within Kling video the version.</summary>
    private static string Family(string id)
    {
        var parts = id.Split('/');
        return parts.Length > 3 && parts[1] == "kling-video" ? $"{parts[1]} {parts[2]}" : parts[1];
    }

    private static IEnumerable<string> Constraints(JsonObject input)
    {
        foreach (var (name, property) in input["properties"]!.AsObject())
        {
            var constraints = Words(property!.AsObject()).Concat(property!["anyOf"]?.AsArray().OfType<JsonObject>().SelectMany(Words)
                ?? []).Concat(property!["items"] is JsonObject items ? Words(items).Select(word => "each " + word) : []).ToList();
            if (constraints.Count > 0) yield return $"`{name}` {string.Join(", ", constraints)}";
        }
    }

    private static IEnumerable<string> Words(JsonObject schema)
    {
        if (schema["maxLength"] is { } length) yield return $"≤ {length} characters";
        if (schema["minimum"] is { } low && schema["maximum"] is { } high) yield return $"{low} to {high}";
        if (schema["minItems"] is { } few) yield return $"≥ {few} elements";
        if (schema["maxItems"] is { } many) yield return $"≤ {many} elements";
        if (schema["enum"] is JsonArray values)
            yield return values.Count <= 13 ? string.Join(" ", values.Select(value => $"`{value}`")) : $"{values.Count} values";
        if (schema["x-fal"] is not JsonObject media) yield break;
        if (media["max_file_size"] is { } bytes) yield return Invariant($"≤ {bytes.GetValue<long>() / 1048576.0:0.##} MiB");
        if (media["min_width"] is { } width) yield return $"≥ {width} px wide";
        if (media["min_duration"] is { } shortest && media["max_duration"] is { } longest) yield return $"{shortest} to {longest} s";
    }

    private static string List(IEnumerable<string> items) => string.Join("; ", items) is { Length: > 0 } text ? text : "none";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
