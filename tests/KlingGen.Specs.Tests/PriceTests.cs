namespace KlingGen.Specs.Tests;

/// <summary>The price list agrees with the documents: endpoints, property names and the server's defaults.</summary>
public sealed class PriceTests
{
    private static readonly JsonArray Prices = JsonNode.Parse(File.ReadAllText(
        Path.Combine(SpecFolder.Root, "..", "runtime", "KlingGen.Runtime", "Pricing", "prices.json")))!["prices"]!.AsArray();

    public static TheoryData<string> Endpoints => [.. Prices.Select(price => (string)price!["endpoint"]!)];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_price_names_properties_and_defaults_of_the_document(string endpoint)
    {
        var document = SpecFolder.ReadEndpoint(endpoint);
        var price = Prices.Single(price => (string)price!["endpoint"]! == endpoint)!;
        var paths = SpecDocument.Strings(price["seconds"]).Concat(Keys(price["defaults"]))
            .Concat(price["rates"]!.AsArray().SelectMany(rate => Keys(rate!["when"])));
        Assert.All(paths, path => Assert.NotNull(Property(document, path)));
        foreach (var (path, value) in price["defaults"]?.AsObject() ?? [])
            Assert.True(JsonNode.DeepEquals(Property(document, path)!["default"], value), $"{endpoint}: the default of {path}");
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node?.AsObject().Select(member => member.Key) ?? [];

    private static JsonObject? Property(JsonObject document, string path)
    {
        JsonObject? schema = document.Schema(document.InputName());
        foreach (var name in path.Split("[].").Select((name, i) => (name, i)))
        {
            if (name.i > 0) schema = document.Resolve(SpecDocument.WithoutNull(schema!)["items"]!.AsObject());
            schema = schema?["properties"]?[name.name]?.AsObject();
        }
        return schema;
    }
}
