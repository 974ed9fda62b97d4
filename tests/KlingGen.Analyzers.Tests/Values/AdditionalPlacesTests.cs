namespace KlingGen.Analyzers.Tests.Values;

/// <summary>A diagnostic about two places has the second one as an additional location.</summary>
public sealed class AdditionalPlacesTests
{
    [Theory]
    [InlineData("var guidance = 1.5; _ = CLIP{ Guidance = guidance };", "KLG102", "guidance", "1.5")]
    [InlineData("const double guidance = 1.5; _ = CLIP{ Guidance = guidance };", "KLG102", "guidance", "1.5")]
    [InlineData("var path = \"car.jpg\"; _ = CLIP{ ImageUrl = path };", "KLG108", "path", "\"car.jpg\"")]
    [InlineData("var path = \"song.mp3\"; _ = CLIP{ ImageUrl = FalMedia.FromFile(path) };", "KLG110", "path", "\"song.mp3\"")]
    [InlineData("string[] tags = [\"a1\", \"b1\", \"c1\", \"d1\"]; _ = CLIP{ Tags = tags };", "KLG105", "tags", "[\"a1\", \"b1\", \"c1\", \"d1\"]")]
    [InlineData("_ = CLIP{ ReferenceImageUrls = [\"https://a.example/x\", \"https://a.example/x\"] };", "KLG106", null, "\"https://a.example/x\"")]
    [InlineData("_ = new StoryRequest { Prompt = \"x\", Shots = [] };", "KLG111", "Shots = []", "Prompt = \"x\"")]
    [InlineData("_ = new StoryRequest { Prompt = \"x\", Start = 5, End = 6 };", "KLG113", "End = 6", "Start = 5")]
    [InlineData("var start = new StoryRequest { Prompt = \"x\", Start = 5 }; _ = start with { End = 6 };", "KLG113", "End = 6", "Start = 5")]
    [InlineData("var id = \"kling\"; fal.Endpoint(id);", "KLG205", "id", "\"kling\"")]
    public async Task The_second_place_is_an_additional_location(string snippet, string id, string? place, string other)
    {
        var text = Analyze.WholeFile(
            snippet.Replace("CLIP{", "new ClipRequest { Prompt = \"x\", Title = \"x\",", StringComparison.Ordinal), Origin.Source);
        var diagnostic = Assert.Single(await Analyze.Run(text, Origin.Source));
        Assert.Equal(id, diagnostic.Id);
        if (place is not null) Assert.Equal(place, Written(diagnostic.Location));
        var second = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal(other, Written(second));
        Assert.NotEqual(diagnostic.Location, second);

        string Written(Microsoft.CodeAnalysis.Location location) => text.Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }
}
