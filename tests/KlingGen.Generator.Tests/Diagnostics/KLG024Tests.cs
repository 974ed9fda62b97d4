using System.Globalization;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG024: a URL property that also takes words.</summary>
public sealed class KLG024Tests
{
    [Theory]
    [InlineData("\"control_method_url\": {\"type\": \"string\", \"examples\": [«\"canny\"», \"depth\"]}")]
    [InlineData("\"control_method_url\": {\"type\": \"string\", \"default\": «\"canny\"»}")]
    [InlineData("\"control_method_url\": {\"type\": \"string\", \"example\": «\"one of the styles\"»}")]
    [InlineData("\"source\": {\"type\": \"string\", \"ui\": {\"field\": \"image\"}, \"examples\": [«\"canny\"»]}")]
    [InlineData("\"image_urls\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"examples\": [[\"a.png\", «\"canny\"»]]}")]
    [InlineData("\"mask_url\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}], \"examples\": [«\"auto\"»]}")]
    public void It_fires_at_the_value(string members) => Rule.Fires("KLG024", Documents.WithMembers(members));

    [Fact]
    public void Property_is_a_string_and_its_examples_are_shown()
    {
        const string Members = """ "control_method_url": {"type": "string", "examples": ["canny"]} """;
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(Members)));
        var text = outcome.Text("acme.lumen.clip.g.cs");
        Assert.Contains("public string? ControlMethodUrl { get; init; }", text, StringComparison.Ordinal);
        Assert.Contains("ControlMethodUrl = \"canny\"", text, StringComparison.Ordinal);
        Assert.Contains("'control_method_url'", Assert.Single(outcome.Problems).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"image_url\": {\"type\": \"string\", \"examples\": [\"https://example.com/a\"]}")]
    [InlineData("\"image_url\": {\"type\": \"string\", \"examples\": [\"data:image/png;base64,AAAA\"]}")]
    [InlineData("\"image_url\": {\"type\": \"string\", \"examples\": [\"uploads/a\", \"a.png\", \"C:\\\\a\"]}")]
    [InlineData("\"image_url\": {\"type\": \"string\", \"default\": \"\"}")]
    [InlineData("\"image_url\": {\"type\": \"string\"}")]
    [InlineData("\"prompt\": {\"type\": \"string\", \"examples\": [\"canny\"]}")]
    public void Url_and_path_and_empty_string_are_fine(string members) => Rule.Quiet(Documents.WithMembers(members));
}
