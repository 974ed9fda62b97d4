using KlingGen.Cli.Documents;
using KlingGen.Cli.Tests.Harness;
using KlingGen.Generator.Tests;
using KlingGen.Json;
using Xunit.Abstractions;

namespace KlingGen.Cli.Tests.Pull;

public sealed class DocumentTextTests(ITestOutputHelper output)
{
    private static string Written(string text) => DocumentText.Write(JsonReader.Read(text).Root!);

    [Fact]
    public void The_documents_of_this_repository_are_in_this_form()
    {
        string[] files = [.. Directory.GetFiles(Repository.Specs, "*.json", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".overlay.json", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (var file in files) Assert.Equal(File.ReadAllText(file), Written(File.ReadAllText(file)));
    }

    [TestDataFact]
    public void Nothing_is_lost_of_genuine_documents_and_a_second_writing_changes_nothing()
    {
        var documents = Corpus.ReadAll("current");
        foreach (var document in documents)
        {
            var text = document.GetText().ToString();
            var written = Written(text);
            Assert.True(DocumentText.SaysTheSame(JsonReader.Read(text).Root!, JsonReader.Read(written).Root!), document.Key);
            Assert.Equal(written, Written(written));
        }

        output.WriteLine($"{documents.Count} genuine documents");
    }

    [Fact]
    public void Numbers_stay_as_they_were_written() => Assert.Contains("1.50e+1", Written("""{"openapi": 1.50e+1}"""), StringComparison.Ordinal);

    [Fact]
    public void Text_stays_readable_and_half_a_pair_stays_data()
        => Assert.Equal("{\n  \"openapi\": \"é\\\"\\\\\\n\\u0001\\ud800😀\"\n}\n", Written("""{"openapi": "é\"\\\n\u0001\ud800\ud83d\ude00"}"""));

    [Fact]
    public void Members_stand_in_the_order_that_the_schema_names()
    {
        var written = Written(
            """{"components": {"schemas": {"A": {"x-fal-order-properties": ["b", "a"], "properties": {"z": {}, "a": {}, "b": {}},"""
                + """ "title": "A"}}}}""");
        var places = new[] { "\"title\"", "\"properties\"", "\"b\"", "\"a\"", "\"z\"" }.Select(
            word => written.IndexOf(word, StringComparison.Ordinal)).ToArray();
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("""{"a": 1, "b": [1, 2]}""", """{"b": [1, 2], "a": 1}""", true)]
    [InlineData("""{"a": 1}""", """{"a": 1.0}""", false)]
    [InlineData("""{"a": [1, 2]}""", """{"a": [2, 1]}""", false)]
    [InlineData("""{"a": 1}""", """{"a": 1, "b": 2}""", false)]
    [InlineData("""{"a": null}""", """{"b": null}""", false)]
    public void Order_of_members_says_nothing(string one, string other, bool same)
        => Assert.Equal(same, DocumentText.SaysTheSame(JsonReader.Read(one).Root!, JsonReader.Read(other).Root!));
}
