namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG030: two apps, or two paths of one, want the same C# name.</summary>
public sealed class KLG030Tests
{
    private static readonly SpecText Own = Plain("fal-ai/bria-video/draw");
    private static readonly SpecText Other = Plain("bria/video/erase");

    [Fact]
    public void It_fires_at_the_path_of_the_app_that_yields()
    {
        var marked = Text("bria/video/erase").Replace("\"/bria/video/erase\"", "«\"/bria/video/erase\"»", StringComparison.Ordinal);
        var problem = Rule.Fires("KLG030", marked, "bria/video/erase", Own);
        Assert.Equal(
            "The entry point 'BriaVideo()' belongs to 'fal-ai/bria-video', so 'bria/video' gets 'Bria_Video()'. "
                + "Remove one of the two documents to get the shorter name back.",
            problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Entry_points_do_not_depend_on_the_order_of_the_documents()
    {
        foreach (var files in (SpecText[][])[[Own, Other], [Other, Own]])
        {
            var outcome = Rule.Run(files);
            Assert.Contains("BriaVideoClient BriaVideo(this", outcome.Text("BriaVideo.Clients.g.cs"), StringComparison.Ordinal);
            Assert.Contains("VideoClient Bria_Video(this", outcome.Text("Bria.Video.Clients.g.cs"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void App_alone_has_the_short_entry_point()
        => Assert.Contains(" BriaVideo(this", Rule.Run(Other).Text("Bria.Video.Clients.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void Apps_that_differ_in_spelling_have_namespaces_of_their_own()
    {
        SpecText[] files = [Plain("fal-ai/kling_video/v1/x"), Plain("fal-ai/klingVideo/v1/x"), Plain("fal-ai/kling-video/v1/x")];
        foreach (var order in (SpecText[][])[files, [.. files.Reverse()]])
        {
            var outcome = Rule.Run(order);
            Assert.Equal(2, outcome.Problems.Count(problem => problem.Id == "KLG030"));
            Assert.Contains("namespace Fal.KlingVideo;", outcome.Text("fal-ai.kling-video.v1.x.g.cs"), StringComparison.Ordinal);
            Assert.Contains("namespace Fal.Kling_video;", outcome.Text("fal-ai.kling_video.v1.x.g.cs"), StringComparison.Ordinal);
            Assert.Contains("namespace Fal.KlingVideo_2;", outcome.Text("fal-ai.klingVideo.v1.x.g.cs"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Namespace_with_the_name_of_a_type_yields()
    {
        const string Output = """{"title": "Out", "type": "object", "properties": {"video": {"$ref": "#/components/schemas/V"}}}""";
        const string Video = """ "V": {"title": "Video", "type": "object", "properties": {"length": {"type": "number"}}}, """;
        const string Input = """{"title": "In", "type": "object", "properties": {"a": {"type": "string"}}}""";
        var outcome = Rule.Run(new SpecText("fal-ai/bria/gen", Documents.Endpoint("fal-ai/bria/gen", Input, Output, Video)), Other);
        Assert.Contains("record Video", outcome.Text("fal-ai.bria.gen.g.cs"), StringComparison.Ordinal);
        Assert.Contains("namespace Fal.Bria.VideoApp;", outcome.Text("bria.video.erase.g.cs"), StringComparison.Ordinal);
        Assert.Single(outcome.Problems, problem => problem.Id == "KLG030");
    }

    [Fact]
    public void Paths_that_differ_in_spelling_have_clients_of_their_own()
    {
        var outcome = Rule.Run(Plain("acme/lumen/v1.6"), Plain("acme/lumen/v1_6"));
        Assert.Contains("LumenV16Client_2 V1_6_2 =>", outcome.Text("Acme.Lumen.Clients.g.cs"), StringComparison.Ordinal);
        Assert.Single(outcome.Problems, problem => problem.Id == "KLG030");
    }

    [Fact]
    public void App_named_like_a_type_that_emitted_code_uses_compiles()
    {
        var outcome = Driver.Run(Plain("acme/json-element/x"), Plain("fal-ai/acme/x")).Clean();
        Assert.Contains("namespace Fal.Acme.JsonElementApp;", outcome.Text("acme.json-element.x.g.cs"), StringComparison.Ordinal);
        Assert.Empty(outcome.Problems);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("fal-media")]
    [InlineData("spec-name")]
    public void Path_named_like_a_type_of_the_runtime_compiles(string part)
    {
        var outcome = Driver.Run(Plain("fal-ai/app1/" + part), Plain("fal-ai/app1")).Clean();
        Assert.Contains(": FalEndpoint<", outcome.Text("fal-ai.app1.g.cs"), StringComparison.Ordinal);
        Assert.Empty(outcome.Problems);
    }

    [Fact]
    public void Apps_with_names_of_their_own_are_not_reported() => Rule.Quiet(Text("acme/lumen/clip"), Own, Plain("bria/fibo/draw"));

    private static SpecText Plain(string id) => new(id, Text(id));

    private static string Text(string id) => Documents.WithMembers(""" "a": {}, "b": {"type": "string"} """, id, "PlainRequest");
}
