namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG023: a document from which nothing is emitted.</summary>
public sealed class KLG023Tests
{
    [Theory]
    [InlineData("""«{»"openapi": "3.0.4", "components": {"schemas": {"In": {"if": {}}, "Out": {"properties": {}}}}, "paths": "none"}""")]
    [InlineData("""«{»"openapi": "3.0.4", "components": {"schemas": {"uniqueItems": null}}, "1": {"/acme/a/b": {"post": {}}}}""")]
    [InlineData("""«{»"openapi": "3.0.4", "components": {"schemas": {}}, "paths": {}}""")]
    [InlineData("""«{»"openapi": "3.0.4", "components": {"schemas": {"Text": {"type": "string"}}}}""")]
    public void It_fires_at_the_document(string text) => Rule.Fires("KLG023", text);

    [Fact]
    public void Document_without_paths_is_fine_if_a_schema_becomes_a_type()
        => Rule.Quiet(Documents.Types(""" "Size": {"title": "Size", "type": "object", "properties": {"width": {"type": "integer"}}} """));

    [Fact]
    public void Endpoint_without_types_is_fine() => Rule.Quiet(Documents.Endpoint(Rule.Id, "{}", "{}"));
}
