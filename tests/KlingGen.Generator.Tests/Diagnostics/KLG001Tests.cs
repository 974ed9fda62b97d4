namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG001: the document is not JSON.</summary>
public sealed class KLG001Tests
{
    [Theory]
    [InlineData("{\n  \"openapi\": \"3.0.4\",\n  \"info\": «tru»\n}")]
    [InlineData("{\n  \"openapi\": \"3.0.4\"«,»\n}")]
    [InlineData("{\n  \"openapi\": \"3.0.4\"\n  «\"»info\": {}\n}")]
    [InlineData("{\n  \"openapi\": «01»\n}")]
    [InlineData("{} «x»")]
    public void It_fires_where_the_JSON_breaks(string text) => Rule.Fires("KLG001", text);

    [Fact]
    public void It_fires_for_an_empty_file() => Rule.Fires("KLG001", "«»");

    [Fact]
    public void It_says_line_and_column_as_the_compiler_counts()
    {
        var diagnostic = Rule.Fires("KLG001", "{\n  \"openapi\": «nope»\n}");
        Assert.Equal((2, 14, 2, 18), Marked.PlaceOf(diagnostic));
        Assert.StartsWith(
            "/specs/acme/lumen/clip.json(2,14): error KLG001: The document is not JSON:",
            diagnostic.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_white_space_are_fine()
        => Rule.Quiet("\uFEFF\r\n\t " + Documents.WithMembers(""" "prompt": {"type": "string"} """) + "\r\n\r\n");

    [Fact]
    public void Escapes_are_fine() => Rule.Quiet(Documents.WithMembers(""" "pr\u006fmpt": {"type": "string", "description": "a\tb\\\"\/"} """));
}
