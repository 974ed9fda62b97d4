using System.Text.Json;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Tests.Running;

public sealed class ResultMediaTests
{
    [Theory]
    [InlineData("""{"video": {"url": "https://a/1.mp4", "content_type": "video/mp4"}}""", "https://a/1.mp4")]
    [InlineData(
        """{"images": [{"url": "https://a/1.png", "width": 5}, {"url": "https://a/2.png", "width": 5}], "seed": 1}""",
        "https://a/1.png",
        "https://a/2.png")]
    [InlineData("""{"audio": {"url": "https://a/1.wav"}, "again": {"url": "https://a/1.wav"}}""", "https://a/1.wav")]
    [InlineData("""{"source": {"url": "https://a/page", "title": "a page"}, "url": 5, "text": "https://a"}""")]
    public void Files_are_found_wherever_they_are_and_once(string result, params string[] expected)
        => Assert.Equal(expected, ResultMedia.Find(JsonDocument.Parse(result).RootElement).Select(file => file.Url));
}
