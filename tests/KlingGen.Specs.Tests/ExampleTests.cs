using Xunit.Abstractions;

namespace KlingGen.Specs.Tests;

/// <summary>Examples are what people copy, so each must be a value that its own schema takes.</summary>
public sealed class ExampleTests(ITestOutputHelper output)
{
    public static TheoryData<string> Endpoints => SpecFolder.AsTheory(SpecFolder.Endpoints);

    [Fact]
    public void Every_example_and_every_default_is_valid_against_its_own_schema()
    {
        var wrong = new List<string>();
        var judged = 0;
        foreach (var file in SpecFolder.Documents)
        {
            var document = SpecFolder.Read(file);
            var judge = new JsonSchemaJudge(document);
            foreach (var (type, property, value) in Values(document))
            {
                judged++;
                wrong.AddRange(judge.PropertyProblems(type, property, value).Select(p => $"{file} {type}.{property}: {p}"));
            }
        }

        output.WriteLine($"{judged} examples and defaults judged");
        Assert.Empty(wrong);
        Assert.True(judged > 900);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Requests_made_from_the_examples_are_valid(string endpoint)
    {
        var document = SpecFolder.ReadWithOverlay(endpoint + ".json");
        var judge = new JsonSchemaJudge(SpecFolder.ReadEndpoint(endpoint));
        JsonObject?[] requests = [ExampleRequests.Smallest(document), ExampleRequests.Fullest(document), ExampleRequests.Alternative(document)];
        foreach (var request in requests.OfType<JsonObject>())
        {
            Assert.Empty(judge.Problems(document.InputName(), request));
            Assert.Empty(SchemaRules.Problems(document, document.InputName(), request));
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Results_made_from_the_examples_are_valid(string endpoint)
    {
        var document = SpecFolder.ReadEndpoint(endpoint);
        var result = new JsonObject(document.Schema(document.OutputName())["properties"]!.AsObject()
            .Select(p => KeyValuePair.Create(p.Key, (JsonNode?)ExampleRequests.Value(document, p.Value!.AsObject()))));
        Assert.Empty(new JsonSchemaJudge(document).Problems(document.OutputName(), result));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Every_required_property_has_an_example(string endpoint)
    {
        var document = SpecFolder.ReadEndpoint(endpoint);
        foreach (var type in new[] { document.InputName(), document.OutputName() }.Select(document.Schema))
            Assert.All(SpecDocument.Strings(type["required"]), n => Assert.NotNull(type["properties"]![n]!["examples"]));
    }

    [Fact]
    public void Examples_name_no_real_host()
    {
        var texts = SpecFolder.Documents.SelectMany(f => Values(SpecFolder.Read(f))).SelectMany(v => Texts(v.Value));
        var urls = texts.Where(t => t.Contains("://", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(urls);
        Assert.All(urls, url => Assert.StartsWith("https://storage.example.com/", url, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Type, string Property, JsonNode? Value)> Values(JsonObject document) =>
        from type in document.Schemas()
        from property in type.Value!["properties"]!.AsObject()
        from value in (property.Value!["examples"]?.AsArray() ?? []).Append(property.Value!["default"]).Where(v => v is not null)
        select (type.Key, property.Key, value);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
