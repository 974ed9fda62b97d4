using System.Text.Json.Nodes;
using KlingGen.Model;
using KlingGen.Overlays;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>What a name means does not depend on the order of enum values and properties, which a refreshed document may change.</summary>
public sealed class MeaningTests(ITestOutputHelper output)
{
    [Fact]
    public void Names_of_the_catalogue_mean_the_same_in_another_order()
    {
        var files = Catalogue.Read();
        var overlays = files.Where(IsOverlay).ToDictionary(file => file.Key, Text);
        Compare(files.Where(file => !IsOverlay(file)).Select(file => (file.Key, Text(file), overlays.GetValueOrDefault(file.Key + ".overlay"))));
    }

    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void Names_of_genuine_documents_mean_the_same_in_another_order(string part)
    {
        var documents = Corpus.Read(part);
        output.WriteLine(Corpus.Count(documents, part));
        Compare(documents.Select(file => (file.Key, Text(file), (string?)null)));
    }

    [Theory]
    [InlineData(""" "e": {"type": "string", "enum": ["a b", "a_b", "A B", "AB ", "ab"]} """)]
    [InlineData(""" "voice": {"type": "string", "enum": ["Hope ", "Hope", "hope", "hope!"]} """)]
    [InlineData(""" "fps": {"type": "string"}, "FPS": {"type": "integer"}, "Fps": {"type": "boolean"}, "f-ps": {"enum": ["a", "A"]} """)]
    [InlineData(""" "mode": {"enum": ["a", "b"]}, "clip_mode": {"enum": ["c"]} """)]
    [InlineData(""" "style": {"enum": ["a", "b"]}, "styles": {"type": "array", "items": {"enum": ["c", "d"]}} """)]
    [InlineData(""" "value": {"anyOf": [{"enum": ["c"]}, {"type": "integer"}]}, "clip_value": {"properties": {"a": {}}} """)]
    [InlineData(""" "mode": {"enum": ["a", "b"]}, "other": {"type": "object", "title": "ClipMode", "properties": {"a": {"type": "string"}}} """)]
    [InlineData(""" "e": {"enum": ["object", "Object", "OBJECT", "object_", "equals", "Equals"]} """)]
    [InlineData(""" "object": {"type": "string"}, "Object": {"type": "integer"}, "equals": {"type": "string"}, "Equals": {"type": "integer"} """)]
    public void Names_that_collide_mean_the_same_in_another_order(string members)
        => Compare(Enumerable.Range(0, 6).Select(_ => ("acme/lumen/clip", Documents.WithMembers(members), (string?)null)));

    private void Compare(IEnumerable<(string Key, string Text, string? Overlay)> documents)
    {
        var (count, names, wrong) = (0, 0, new List<string>());
        foreach (var (key, text, overlay) in documents)
        {
            SpecOverlay[] overlays = overlay is null ? [] : [new SpecOverlay("/" + key + ".overlay.json", overlay)];
            if (Pipeline.Read(key, text, overlays).Model is not { } model) continue;
            var expected = Meanings(model);
            var shuffled = Shuffle(JsonNode.Parse(text), new Random(Rounds.FirstSeed + count))!.ToJsonString();
            var actual = Meanings(Pipeline.Read(key, shuffled, overlays).Model!);
            (count, names) = (count + 1, names + expected.Count);
            wrong.AddRange(expected.Except(actual).Select(lost => $"{key}: lost {lost}"));
            wrong.AddRange(actual.Except(expected).Select(gained => $"{key}: gained {gained}"));
        }

        output.WriteLine($"{names} names of {count} documents");
        Assert.True(count > 0);
        var list = string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(40));
        Assert.True(wrong.Count == 0, wrong.Count + " differences" + Environment.NewLine + list);
    }

    /// <summary>Every enum value with its string, and every property with its wire name and its type.</summary>
    private static HashSet<string> Meanings(SpecModel model)
    {
        var meanings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in model.Types)
        {
            if (type is EnumModel choice) meanings.UnionWith(choice.Values.Select(value => $"{type.Name}.{value.Name} is \"{value.Wire}\""));
            if (type is not ObjectModel record) continue;
            meanings.UnionWith(record.Properties.Select(property => $"{type.Name}.{property.Name} is {property.WireName}: {property.Type}"));
        }

        return meanings;
    }

    private static JsonNode? Shuffle(JsonNode? node, Random random)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => Shuffle(item, random))]);
        if (node is not JsonObject source) return node?.DeepClone();
        var result = new JsonObject();
        var order = Permutation((source["enum"] as JsonArray)?.Count ?? 0, random);
        foreach (var (key, value) in source)
        {
            var shuffled = key is "examples" or "example" or "default" ? value?.DeepClone() : Shuffle(value, random);

            // The document's own list of names stands beside the values.
            if (key is "enum" or "x-enum-varnames" && shuffled is JsonArray items && items.Count == order.Length)
                shuffled = new JsonArray([.. order.Select(at => items[at]?.DeepClone())]);
            else if (key == "properties" && shuffled is JsonObject properties)
                shuffled = new JsonObject(Shuffled(properties, random).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
            else if (key == "x-fal-order-properties" && shuffled is JsonArray names)
                shuffled = new JsonArray([.. Shuffled(names, random).Select(name => name?.DeepClone())]);
            result.Add(key, shuffled);
        }

        return result;
    }

    private static int[] Permutation(int count, Random random) => Shuffled(Enumerable.Range(0, count), random);

    private static T[] Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var array = items.ToArray();
        random.Shuffle(array);
        return array;
    }

    private static bool IsOverlay(SpecText file) => file.Key.EndsWith(".overlay", StringComparison.Ordinal);

    private static string Text(SpecText file) => file.GetText().ToString();
}
