using System.Text.Json.Nodes;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Running;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Running;

public sealed class InputReaderTests
{
    private static readonly KnownEndpoint Known = KnownEndpoint.Find(
        ClipDocument.Id, [new SpecInput("clip.json", "acme/lumen/clip", false, ClipDocument.With(
        """
        "prompt": {"type": "string"}, "duration": {"type": "string", "enum": ["5", "10"]}, "steps": {"type": "integer"}, "loop": {"type": "boolean"},
        "image_url": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}},
        "size": {"anyOf": [{"type": "string", "enum": ["square", "wide"]}, {"type": "object", "title": "ImageSize", "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}}]},
        "shots": {"type": "array", "items": {"type": "object", "title": "Shot", "properties": {"text": {"type": "string"}, "seconds": {"type": "number"}}}}
        """))])!;

    [Theory]
    [InlineData("""{"prompt":"5"}""", "prompt=5")]
    [InlineData("""{"prompt":"@Element1 dances"}""", "prompt=@Element1 dances")]
    [InlineData("""{"prompt":"a=b"}""", "prompt=a=b")]
    [InlineData("""{"duration":"10"}""", "duration=10")]
    [InlineData("""{"steps":12,"loop":true}""", "steps=12", "loop=true")]
    [InlineData("""{"steps":"many"}""", "steps=many")]
    [InlineData("""{"tags":["a","5"]}""", "tags=a", "tags=5")]
    [InlineData("""{"tags":["a","b"]}""", """tags=["a","b"]""")]
    [InlineData("""{"size":"wide"}""", "size=wide")]
    [InlineData("""{"size":{"width":5}}""", "size.width=5")]
    [InlineData("""{"shots":[{"text":"1","seconds":2},{"text":"x"}]}""", "shots.0.text=1", "shots.0.seconds=2", "shots.1.text=x")]
    [InlineData("""{"other":5,"more":"text"}""", "other=5", "more=text")]
    [InlineData("""{"prompt":["json"]}""", """prompt:=["json"]""")]
    public void Values_take_the_type_that_the_document_gives_them(string expected, params string[] assignments)
    {
        var request = new JsonObject();
        foreach (var assignment in assignments) new InputReader(Known).Set(request, assignment);
        Assert.Equal(expected, request.ToJsonString());
    }

    [Theory]
    [InlineData("prompt")]
    [InlineData("=x")]
    [InlineData("a..b=x")]
    [InlineData("shots.1.text=x")]
    [InlineData("shots.first.text=x")]
    [InlineData("steps:=many")]
    [InlineData("image_url=@no-such-file.png")]
    public void What_cannot_be_understood_is_said(string assignment)
        => Assert.Throws<ToolException>(() => new InputReader(Known).Set([], assignment));

    [Fact]
    public void Faults_of_nested_values_name_the_whole_path()
    {
        var request = new JsonObject();
        foreach (var assignment in (string[])["shots.0.seconds=x", "size.width=1.5", "tags:=[1]"]) new InputReader(Known).Set(request, assignment);
        Assert.Equal(
            ["'tags.0' must be a text, not 1", "'size.width' must be an integer, not 1.5", "'shots.0.seconds' must be a number, not \"x\""],
            InputChecks.Faults(Known, new RequestValue(request, Known, Known.Request)));
    }
}
