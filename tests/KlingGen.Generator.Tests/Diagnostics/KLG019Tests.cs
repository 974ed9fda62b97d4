namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG019: a chain of references with too many links.</summary>
public sealed class KLG019Tests
{
    [Fact]
    public void Link_257_is_reported()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Chain(257)));
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal("KLG019", problem.Id);
        var message = problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("'#/components/schemas/A256' is link 257", message, StringComparison.Ordinal);
        Assert.Contains("at most 256 are followed", message, StringComparison.Ordinal);
        Assert.Contains("public JsonElement? Style { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_of_256_links_is_followed()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Chain(256)));
        Assert.Empty(outcome.Problems);
        Assert.Contains("public string? Style { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    /// <summary>The property is the first link, and the last schema a string.</summary>
    private static string Chain(int links)
    {
        var chain = Enumerable.Range(0, links - 1).Select(i => $$""" "A{{i}}": {"$ref": "#/components/schemas/A{{i + 1}}"}, """);
        var last = $$""" "A{{links - 1}}": {"type": "string"}, """;
        return Documents.WithMembers(""" "style": {"$ref": "#/components/schemas/A0"} """, more: string.Concat(chain) + last);
    }
}
