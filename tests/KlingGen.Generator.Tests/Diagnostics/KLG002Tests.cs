namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG002: JSON, but no document of fal's.</summary>
public sealed class KLG002Tests
{
    [Theory]
    [InlineData("«{»\"name\": \"package\"}", "'openapi'")]
    [InlineData("\n «[»1, 2]", "the object at the top level")]
    [InlineData("«{»\"openapi\": \"3.0.4\", \"paths\": {}}", "'components.schemas'")]
    [InlineData("{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": {}},\n \"paths\": «{»\"/acme/lumen\": {\"get\": {}}}}", "a path with 'post'")]
    [InlineData("{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": {}},\n \"paths\": {«\"/lumen\"»: {\"post\": {}}}}", "a path of the form")]
    [InlineData(
        "{\"openapi\": \"3.0.4\", \"components\": {\"schemas\": {}},\n \"paths\": {«\"/acme/../lumen\"»: {\"post\": {}}}}",
        "a path of the form")]
    public void It_fires_where_something_is_missing(string text, string missing)
        => Assert.Contains(
            missing,
            Rule.Fires("KLG002", text).GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);

    [Fact]
    public void A_document_without_paths_gives_types_and_no_diagnostic()
    {
        var outcome = Rule.Run(new SpecText(
            "studio/shapes",
            Documents.Types(""" "Box": {"title": "Box", "type": "object", "properties": {"width": {"type": "integer"}}} """)));
        Assert.Empty(outcome.Problems);
        Assert.Contains("partial record Box", outcome.Text("studio.shapes.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_endpoint_id_is_fine() => Rule.Quiet(Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/lumen"));
}
