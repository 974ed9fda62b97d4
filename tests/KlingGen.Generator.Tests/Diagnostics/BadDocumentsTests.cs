using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>One bad document never stops the others, however many there are.</summary>
public sealed class BadDocumentsTests
{
    private static readonly string[] Bad =
    [
        "", "{", "[]", "null", "{\"openapi\": 3}", new string('[', 20_000), "{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": []}}",
        "{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": {\"A\": 1, \"B\": null, \"C\": [], \"D\": {\"type\": 5}, \"E\": {\"properties\": "
            + "{\"x\": 1}}}}}",
        "\uD800", "{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": {\"\\ud800\": {\"properties\": {\"\\udfff\": {\"enum\": "
            + "[\"\\ud83d\", \"\"]}}}}}}",
        Documents.WithMembers(""" "a": {"$ref": 5}, "b": {"anyOf": {}}, "c": {"enum": {}}, "d": {"type": []}, "e": {"items": 7, "type": "array"},"""
            + """ "f": {"allOf": [null]} """),
        Documents.WithMembers(""" "a": {"type": "string", "maxLength": "many", "pattern": 3}, "b": {"type": "number", "minimum": "low","""
            + """ "maximum": 1e999, "multipleOf": 0} """),
        Documents.WithMembers(
            """ "a": {"type": "string"} """,
            beside: """, "required": "a", "x-fal-order-properties": {"a": 1}, "oneOf": [1, 2], "not": 1, "if": 1, "then": 2, "examples": 5"""),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Bad.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_bad_document_stops_nothing(int number)
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Bad[number]));
        Assert.DoesNotContain(outcome.Problems, problem => problem.Id == "KLG900");
    }

    [Fact]
    public void Many_bad_documents_at_once_stop_nothing()
    {
        var outcome = Rule.Run([.. Bad.Select((text, i) => new SpecText($"acme/lumen/bad-{i:00}", text)), .. Documents.Many(3)]);
        Assert.Contains("acme.lumen.step-02.g.cs", outcome.Result.Results[0].GeneratedSources.Select(source => source.HintName));
        Assert.True(outcome.Problems.Count(problem => problem.Severity == DiagnosticSeverity.Error) >= 6);
    }

    [Fact]
    public void Unknown_keywords_everywhere_change_nothing()
    {
        var plain = Documents.Numbered(3).GetText().ToString();
        var strange = plain.Replace(
            "{\"type\":",
            "{\"x-strange\": [{\"deep\": null}], \"$comment\": \"?\", \"contentEncoding\": \"base64\", \"type\":",
            StringComparison.Ordinal);
        Assert.NotEqual(plain, strange);
        Assert.Equal(Texts(plain), Texts(strange));
    }

    private static IEnumerable<string> Texts(string text)
        => Rule.Run(new SpecText("acme/lumen/step-03", text)).Result.Results[0].GeneratedSources.Select(source => source.SourceText.ToString());
}
