namespace KlingGen.Generator.Tests.Reading;

/// <summary>Documents that would exhaust stack, memory or time without limits. The thread has the stack of an editor's worker.</summary>
public sealed class HostileDocumentTests
{
    private const int Stack = 1024 * 1024;

    public static TheoryData<string, string> Texts => new()
    {
        { "references", Chain(5000, next => $$"""{"$ref": "{{next}}"}""") },
        { "allOf of one", Chain(5000, next => $$"""{"allOf": [{"$ref": "{{next}}"}]}""") },
        { "nullable choices", Chain(5000, next => $$"""{"anyOf": [{"$ref": "{{next}}"}, {"type": "null"}]}""") },
        { "lists", Chain(5000, next => $$"""{"type": "array", "items": {"$ref": "{{next}}"} }""") },
        { "maps", Chain(5000, next => $$"""{"type": "object", "additionalProperties": {"$ref": "{{next}}"} }""") },
        { "objects", Chain(5000, next => $$"""{"type": "object", "properties": {"a": {"$ref": "{{next}}"} } }""") },
        { "unions", Chain(5000, next => $$"""{"anyOf": [{"$ref": "{{next}}"}, {"type": "boolean"}]}""") },
        { "merged objects", Chain(2000, next => $$"""{"properties": {"a": {"type": "string"} }, "allOf": [{"$ref": "{{next}}"}]}""") },
        { "choices inside one component", Chain(200, next => Inline(40, $$"""{"$ref": "{{next}}"}""")) },
        { "parts of the endpoint id", Documents.WithMembers(""" "a": {"type": "string"} """, "acme" + string.Concat(Enumerable.Repeat("/a", 5000))) },
        { "objects read from the end", FromTheEnd() },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Document_is_read_in_a_small_stack(string what, string text)
    {
        _ = what;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var result = Driver.Create([new SpecText(Diagnostics.Rule.Id, text)]).RunGenerators(Driver.Compilation()).GetRunResult();
                    Assert.Null(result.Results[0].Exception);
                    Assert.DoesNotContain(result.Diagnostics, problem => problem.Id == "KLG900");
                    Assert.NotEmpty(result.Diagnostics);
                    Assert.InRange(result.GeneratedTrees.Sum(tree => tree.Length), 0, 5_000_000);
                }
                catch (Exception ex)
                {
                    failure = ex;
                }
            },
            Stack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static string Chain(int count, Func<string, string> schema)
    {
        var more = string.Concat(Enumerable.Range(0, count).Select(i => $"\"A{i}\": {schema($"#/components/schemas/A{i + 1}")}, "));
        return Documents.WithMembers(""" "first": {"$ref": "#/components/schemas/A0"} """, more: more + $"\"A{count}\": {{\"type\": \"string\"}}, ");
    }

    private static string Inline(int levels, string inner)
        => string.Concat(Enumerable.Repeat("""{"title": "T", "anyOf": [{"type": "null"}, """, levels)) + inner
            + string.Concat(Enumerable.Repeat("]}", levels));

    /// <summary>The properties lead 30 objects further up each, so that no chain is deep when it is read, but all objects hang together.</summary>
    private static string FromTheEnd()
    {
        const int Count = 3000;
        var more = string.Concat(Enumerable.Range(0, Count).Select(i => $$"""
            "A{{i}}": {"title": "A{{i}}", "type": "object", "properties": {"a": {"$ref": "#/components/schemas/A{{i + 1}}"} } },
            """));
        var properties = string.Join(", ", Enumerable.Range(1, Count / 30).Select(i => $$"""
            "p{{i}}": {"$ref": "#/components/schemas/A{{Count - (30 * i)}}"}
            """));
        return Documents.WithMembers(
            properties + """, "wrong": {"type": "tuple"} """,
            more: more + $$""" "A{{Count}}": {"title": "A{{Count}}", "type": "object", "properties": {"s": {"type": "string"} } }, """);
    }
}
