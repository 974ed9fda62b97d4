using Xunit.Abstractions;

namespace KlingGen.Specs.Tests;

/// <summary>Each spec against the facts that were gathered from fal's pages. The facts do not travel with the repository.</summary>
public sealed class FactsTests(ITestOutputHelper output)
{
    private const string FactsPath = "facts/kling-endpoints.json";

    [TestDataFact(Path = FactsPath)]
    public void Every_spec_equals_its_facts()
    {
        var facts = JsonNode.Parse(File.ReadAllText(TestData.At(FactsPath)))!.AsObject();
        var differences = new List<string>();
        var properties = 0;

        var endpoints = facts["endpoints"]!.AsObject();
        Compare("the endpoints", endpoints.Select(e => e.Key).Order(StringComparer.Ordinal), SpecFolder.Endpoints, differences);
        foreach (var endpoint in SpecFolder.Endpoints.Where(endpoints.ContainsKey))
            properties += CompareEndpoint(endpoint, endpoints[endpoint]!.AsObject(), SpecFolder.ReadEndpoint(endpoint), differences);

        var types = facts["types_without_endpoint"]!.AsObject();
        var withoutEndpoint = SpecFolder.Documents.Where(d => !SpecFolder.Endpoints.Contains(d[..^".json".Length]));
        var written = withoutEndpoint.SelectMany(d => SpecFolder.Read(d).Schemas()).ToList();
        Compare("the types without an endpoint", types.Select(t => t.Key), written.Select(t => t.Key), differences);
        foreach (var (name, type) in written.Where(t => types.ContainsKey(t.Key)))
            properties += CompareType(name, name, types[name]!.AsArray(), type!.AsObject(), differences);

        var compared = $"{SpecFolder.Endpoints.Count} endpoints, {written.Count} types without an endpoint, {properties} properties compared";
        output.WriteLine($"{compared}, {differences.Count} differences");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(50)));
        Assert.True(properties > 0);
    }

    private static int CompareEndpoint(string endpoint, JsonObject facts, JsonObject spec, List<string> differences)
    {
        Compare(endpoint + " id", [endpoint], [spec.EndpointId()], differences);
        Compare(endpoint + " input", [(string)facts["input_type"]!], [spec.InputName()], differences);
        Compare(endpoint + " output", [(string)facts["output_type"]!], [spec.OutputName()], differences);
        var nested = facts["nested"]!.AsObject();
        Compare(endpoint + " nested types", nested.Select(n => n.Key), spec.NestedNames(), differences);

        JsonObject input = spec.Schema(spec.InputName()), output = spec.Schema(spec.OutputName());
        var compared = CompareType(endpoint + " input", (string?)facts["input_title"], facts["input"]!.AsArray(), input, differences)
            + CompareType(endpoint + " output", (string?)facts["output_title"], facts["output"]!.AsArray(), output, differences);
        foreach (var (name, type) in nested.Where(n => spec.Schemas().ContainsKey(n.Key)))
            compared += CompareType($"{endpoint} {name}", (string?)type!["title"], type["properties"]!.AsArray(), spec.Schema(name), differences);
        return compared;
    }

    private static int CompareType(string where, string? title, JsonArray facts, JsonObject type, List<string> differences)
    {
        Compare(where + " title", [title ?? "none"], [(string?)type["title"] ?? "none"], differences);
        var expected = facts.Select(f => f!.AsObject()).ToDictionary(f => (string)f["name"]!, Complete);
        var actual = PropertyFacts.OfType(type).ToDictionary(f => (string)f["name"]!, Text);
        var order = facts.Select(f => (string)f!["name"]!).ToList();
        Compare(where + " order", order, actual.Keys, differences);
        Compare(where + " x-fal-order-properties", order, SpecDocument.Strings(type["x-fal-order-properties"]), differences);
        foreach (var name in expected.Keys.Intersect(actual.Keys))
            Compare($"{where} {name}", [expected[name]], [actual[name]], differences);
        return actual.Count;
    }

    /// <summary>Where the facts know nothing of null, null is not allowed.</summary>
    private static string Complete(JsonObject fact)
    {
        if (!fact.ContainsKey("nullable")) fact["nullable"] = false;
        return Text(fact);
    }

    private static string Text(JsonObject fact) => CanonicalJson.Sorted(fact).ToJsonString();

    private static void Compare(string where, IEnumerable<string> expected, IEnumerable<string> actual, List<string> differences)
    {
        string left = string.Join(", ", expected), right = string.Join(", ", actual);
        if (left != right) differences.Add($"{where}\n  facts {left}\n  spec  {right}");
    }
}
