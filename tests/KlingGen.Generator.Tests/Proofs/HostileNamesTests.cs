using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// Names that no language wants, as members, as values of enums and as types: the code compiles without a warning, and
/// the wire keeps the names.
/// </summary>
public sealed class HostileNamesTests
{
    private static readonly string[] Names = [.. All().Distinct(StringComparer.Ordinal)];

    private static string[] All() =>
    [
        .. Payloads.Short.Where(payload => !payload.Any(char.IsSurrogate)),
        .. SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Select(SyntaxFacts.GetText)
            .Where(word => word.All(char.IsLetter)),
        "let's_ride", "3d_cartoon_1_pro", "16:9", "5", "05", "1K", "AOT", "é", "e\u0301", "Å", "\u212B", "a\u200Db", "ab", "AB", "Ab", "a_b", "a-b",
        "aB", "a b", "日本語", "😀", "ß", "ss", "ı", "i", "İ",
        "Equals", "GetHashCode", "ToString", "GetType", "Finalize", "MemberwiseClone", "Clone", "EqualityContract", "PrintMembers", "Extra", "Raw",
        "Example", "Defaults", "Read", "Write", "Check", "json", "checks",
        "other", "value", "Fal", "System", "String", "Object", "Action", "Image", "File", "FalMedia", "Int128", "Func", "JsonElement",
        "IReadOnlyList", "HostileRequest", "HostileResult", "HostileNames", "Tag", "Match",
        "Obsolete", "GeneratedCode", "StringBuilder", "Nullable", "Enum", "Type", "List", "Dictionary", "left", "right", "obj", "word", "_word", "1",
        "-1", "+1", "1.0", "١",
    ];

    [Fact]
    public void Members_and_words_of_any_name_compile_and_travel_under_their_own_names()
    {
        var code = new LoadedCode([new SpecText("acme/names/run", Document(Names, clean: true))]);
        var (request, result) = code.Endpoints["acme/names/run"];
        var instance = new JsonObject(Names.Select(name => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create("v " + name))));
        foreach (var door in (LoadedCode.Door[])[request, result])
        {
            var back = DocumentSchemas.Parse(door.Write(door.Read(instance.ToJsonString())));
            Assert.Empty(JsonDifference.Between(DocumentSchemas.Parse(instance.ToJsonString()), back));
            Assert.Empty(door.Check(door.Read(instance.ToJsonString())));
            foreach (var word in Names)
            {
                var choice = new JsonObject { ["the choice"] = word, ["the choices"] = new JsonArray(word) };
                Assert.Empty(
                    JsonDifference.Between(DocumentSchemas.Parse(choice.ToJsonString()),
                        DocumentSchemas.Parse(door.Write(door.Read(choice.ToJsonString())))));
            }
        }
    }

    [Fact]
    public void Types_of_any_name_compile_beside_each_other()
    {
        // A part at a time: what the compiler takes for an object grows faster than its members do.
        foreach (var names in Names.Chunk(50))
        {
            var outcome = Driver.Run(new SpecText("acme/names/run", Document(names, clean: false))).Clean();
            Assert.DoesNotContain(outcome.Problems, problem => problem.Id is "KLG900" or "CS8785" or "KLG001" or "KLG002");
            Assert.True(outcome.Result.Results[0].GeneratedSources.Length > 1);
        }
    }

    /// <param name="names">The names.</param>
    /// <param name="clean">One object with all the names; otherwise one type per name as well.</param>
    private static string Document(string[] names, bool clean)
    {
        var schemas = new JsonObject
        {
            ["In"] = Holder("HostileRequest", names, clean),
            ["Out"] = Holder("HostileResult", names, clean),
        };
        if (!clean)
        {
            foreach (var name in names.Where(name => name is not ("In" or "Out")))
                schemas[name] = new JsonObject
                {
                    ["type"] = "object",
                    ["title"] = name,
                    ["properties"] = new JsonObject
                    {
                        [name] = new JsonObject { ["type"] = "string", ["default"] = name, ["examples"] = new JsonArray(name) }
                    }
                };
        }

        var body = (string key) => new JsonObject
        {
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + key } }
            }
        };
        return new JsonObject
        {
            ["openapi"] = "3.0.4",
            ["components"] = new JsonObject { ["schemas"] = schemas },
            ["paths"] = new JsonObject
            {
                ["/acme/names/run"] = new JsonObject { ["post"] = new JsonObject { ["requestBody"] = body("In") } },
                ["/acme/names/run/requests/{request_id}"] = new JsonObject
                {
                    ["get"] = new JsonObject { ["responses"] = new JsonObject { ["200"] = body("Out") } }
                },
            },
        }.ToJsonString();
    }

    private static JsonObject Holder(string title, string[] names, bool clean)
    {
        var words = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        var properties = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)(clean
            ? new JsonObject { ["type"] = "string", ["description"] = name }
            : new JsonObject
            {
                ["$ref"] = "#/components/schemas/" + name.Replace("~", "~0", StringComparison.Ordinal)
                    .Replace("/", "~1", StringComparison.Ordinal)
            }))));
        properties["the choice"] = new JsonObject { ["type"] = "string", ["enum"] = words, ["default"] = names[0] };
        properties["the choices"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "string", ["enum"] = words.DeepClone() }
        };
        return new JsonObject { ["type"] = "object", ["title"] = title, ["properties"] = properties };
    }
}
