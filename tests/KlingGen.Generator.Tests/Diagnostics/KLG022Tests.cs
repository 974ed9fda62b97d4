using System.Globalization;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG022: a document that describes several endpoints.</summary>
public sealed class KLG022Tests
{
    [Fact]
    public void It_names_the_first_endpoint_and_the_others()
    {
        var problem = Rule.Fires("KLG022", Document("""
            , «"/acme/lumen/second"»: {"post": {"responses": {}}}, "/acme/lumen/third": {"post": {"responses": {}}}
            """));
        var message = problem.GetMessage(CultureInfo.InvariantCulture);
        Assert.Contains("Only 'acme/lumen/clip' is emitted", message, StringComparison.Ordinal);
        Assert.Contains("also describes 'acme/lumen/second', 'acme/lumen/third'", message, StringComparison.Ordinal);
        Assert.Contains("Write a document for each endpoint", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_is_that_of_the_emitted_endpoint()
    {
        const string Other = """
            , "/acme/lumen/second/requests/{request_id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {
              "$ref": "#/components/schemas/Input"}}}}}}}, "/acme/lumen/second": {"post": {"responses": {}}}
            """;
        var outcome = Rule.Run(new SpecText(Rule.Id, Document(Other)));
        Assert.Contains("FalEndpoint<ClipRequest, ClipResult>", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_of_the_queue_are_fine() => Rule.Quiet(Document("""
        , "/acme/lumen/clip/requests/{request_id}/cancel": {"put": {"responses": {}}}, "/acme/lumen/other": {"get": {"responses": {}}}
        """));

    /// <summary>A document with further paths behind its own.</summary>
    private static string Document(string paths)
    {
        var text = Documents.WithMembers(""" "prompt": {"type": "string"} """);
        var end = text.LastIndexOf('}', text.LastIndexOf('}') - 1);
        return text[..end] + paths + text[end..];
    }
}
