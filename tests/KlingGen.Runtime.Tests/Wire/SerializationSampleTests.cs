using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.KlingVideo;

namespace Fal.Tests.Wire;

/// <summary>Contexts of the user's own: in the project that emits the types, and in one that references it.</summary>
public sealed class SerializationSampleTests
{
    [Fact]
    public void Context_of_the_same_project_takes_emitted_types_from_the_chain()
    {
        var request = new TextToClipRequest { Prompt = "<é>", Duration = TextToClipDuration.LetsRide, Extra = new() { { "new_flag", true } } };
        var order = new Order("a-1", request);

        var json = OrderJson.Write(order);

        Assert.Equal($$"""{"Id":"a-1","Request":{{FalJson.Write(request)}}}""", json);
        Assert.Equal(order, OrderJson.Read(json));
        Assert.Equal("""{"new_flag":true}""", OrderJson.Read(json)!.Request.Extra!.ToString());
    }

    [Fact]
    public void Context_alone_knows_emitted_types_of_a_referenced_project()
    {
        var request = new TextToVideoRequest { Prompt = "<é>", Duration = Duration5Or10.Duration10, Extra = new() { { "level", 3 } } };
        var result = FalJson.Read<T2VOutput>("""{"video":{"url":"u","file_size":3},"more":1}""");
        var video = new Video("b-2", request, Duration5Or10.Duration5, result, [request]);

        var json = JsonSerializer.Serialize(video, VideoContext.Default.Video);
        var again = JsonSerializer.Deserialize(json, VideoContext.Default.Video)!;

        var (text, made) = (FalJson.Write(request), FalJson.Write(result));
        Assert.Equal($$"""{"Id":"b-2","Request":{{text}},"Length":"5","Result":{{made}},"Others":[{{text}}]}""", json);
        Assert.Equal((request, Duration5Or10.Duration5, result), (again.Request, again.Length, again.Result));
        Assert.Equal(request, Assert.Single(again.Others));
        Assert.Equal("""{"level":3}""", again.Request.Extra!.ToString());
    }

    [Fact]
    public void The_page_shows_the_sample()
    {
        var page = Repository.Read("generator/docs/SERIALIZATION.md").ReplaceLineEndings("\n");
        var block = page.Split("```csharp\n")[1].Split("```")[0].Trim();
        var sample = Repository.Read("tests/KlingGen.Runtime.Tests/Wire/SerializationSample.cs").ReplaceLineEndings("\n");

        Assert.EndsWith(block, sample.Trim(), StringComparison.Ordinal);
    }
}

internal sealed record Video(
    string Id, TextToVideoRequest Request, Duration5Or10? Length, T2VOutput Result, IReadOnlyList<TextToVideoRequest> Others);

[JsonSerializable(typeof(Video))]
internal sealed partial class VideoContext : JsonSerializerContext;
