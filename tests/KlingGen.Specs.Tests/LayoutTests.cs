namespace KlingGen.Specs.Tests;

/// <summary>
/// Overlays have one layout, and documents fal's shape; the layout of documents is the one that <c>klinggen pull</c> writes, tested with the tool.
/// </summary>
public sealed class LayoutTests
{
    public static TheoryData<string> OverlayFiles => SpecFolder.AsTheory(SpecFolder.AllFiles.Except(SpecFolder.Documents));

    public static TheoryData<string> Endpoints => SpecFolder.AsTheory(SpecFolder.Endpoints);

    [Theory]
    [MemberData(nameof(OverlayFiles))]
    public void An_overlay_is_byte_for_byte_in_the_canonical_layout(string file)
    {
        var expected = CanonicalJson.Print(SpecFolder.Read(file));
        if (SpecFolder.UpdateGoldens) SpecFolder.Write(file, expected);
        Assert.Equal(expected, SpecFolder.Text(file));
        Assert.NotEqual(0xEF, SpecFolder.Bytes(file)[0]);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_document_has_the_shape_in_which_fal_serves_it(string endpoint)
    {
        var document = SpecFolder.ReadEndpoint(endpoint);
        Assert.Equal(["openapi", "info", "components", "paths", "servers", "security"], document.Select(p => p.Key));
        Assert.Equal("3.0.4", (string?)document["openapi"]);
        Assert.Equal(["title", "version", "description", "x-fal-metadata"], document["info"]!.AsObject().Select(p => p.Key));
        Assert.Equal("https://queue.fal.run", (string?)document["servers"]![0]!["url"]);
        Assert.Equal("Authorization", (string?)document["components"]!["securitySchemes"]!["apiKeyAuth"]!["name"]);
        var request = $"/{endpoint}/requests/{{request_id}}";
        Assert.Equal(
            [(request + "/status", "get"), (request + "/cancel", "put"), ("/" + endpoint, "post"), (request, "get")],
            document["paths"]!.AsObject().Select(p => (p.Key, p.Value!.AsObject().Single().Key)));
        Assert.Equal(["QueueStatus", document.InputName(), document.OutputName(), .. document.NestedNames()], document.Schemas().Select(s => s.Key));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_document_says_what_the_endpoint_does_and_where_it_is_described(string endpoint)
    {
        var metadata = SpecFolder.ReadEndpoint(endpoint)["info"]!["x-fal-metadata"]!;
        Assert.Equal(endpoint, (string?)metadata["endpointId"]);
        Assert.Equal("https://fal.ai/models/" + endpoint, (string?)metadata["playgroundUrl"]);
        Assert.Equal($"https://fal.ai/models/{endpoint}/api", (string?)metadata["documentationUrl"]);
        Assert.Matches("^[a-z]+-to-[a-z]+$", (string?)metadata["category"]);
        Assert.Matches(@"^[A-Z][^\n]{20,200}\.$", (string?)metadata["about"]);
    }

    [Fact]
    public void No_two_endpoints_are_described_in_the_same_words()
    {
        var words = SpecFolder.Endpoints.Select(e => (string?)SpecFolder.ReadEndpoint(e)["info"]!["x-fal-metadata"]!["about"]);
        Assert.Empty(words.GroupBy(w => w).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Every_type_and_every_property_has_a_sentence_of_its_own()
    {
        var silent = from file in SpecFolder.Documents
                     from type in SpecFolder.Read(file).Schemas()
                     where type.Key != "QueueStatus"
                     let properties = type.Value!["properties"]!.AsObject().Select(p => (p.Key, Node: p.Value!))
                     from node in properties.Append((Key: "the type", Node: type.Value!))
                     let text = (string?)node.Node["description"]
                     where text is null || text.Length < 10 || !text.EndsWith('.') || text.Any(c => c is < ' ' or > '~')
                     select $"{file} {type.Key} {node.Key}: {text}";
        Assert.Empty(silent);
    }

    [Fact]
    public void Types_of_one_title_in_one_app_are_the_same_with_and_without_overlays()
    {
        foreach (var read in new Func<string, JsonObject>[] { SpecFolder.Read, SpecFolder.ReadWithOverlay })
        {
            var types = from file in SpecFolder.Documents
                        from type in read(file).Schemas()
                        where type.Value!["title"] is not null
                        select (App: file.Split('/')[1], Title: (string)type.Value!["title"]!, Text: type.Value!.ToJsonString());
            var disagreeing = types.GroupBy(t => (t.App, t.Title)).Where(g => g.Select(t => t.Text).Distinct().Count() > 1);
            Assert.Empty(disagreeing.Select(g => g.Key));
        }
    }
}
