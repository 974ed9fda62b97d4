namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Local files that break a limit.</summary>
public sealed class KLG110Tests
{
    [Theory]
    [InlineData("""ImageUrl = FalMedia.FromFile({|KLG110:"song.mp3"|})""", "'image_url' must be one of .jpg, .png, but song.mp3 is audio/mpeg")]
    [InlineData("""ImageUrl = FalMedia.FromFile({|KLG110:"art/car.GIF"|})""", "'image_url' must be one of .jpg, .png, but car.GIF is image/gif")]
    [InlineData("""AudioUrl = FalMedia.FromFile({|KLG110:"car.png"|})""", "'audio_url' must be of type audio, but car.png is image/png")]
    [InlineData(
        """ReferenceImageUrls = [FalMedia.FromFile({|KLG110:"car.mp4"|})]""",
        "'reference_image_urls' must be of type image, but car.mp4 is video/mp4")]
    public async Task Its_name_shows_what_a_file_is(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""ImageUrl = FalMedia.FromFile({|KLG110:"large.png"|})""", "'image_url' must have at most 1024 KiB, but large.png has 2048 KiB")]
    [InlineData(
        """ImageUrl = FalMedia.FromFile({|KLG110:"art/small.jpg"|})""",
        "'image_url' must be at least 300×300 pixels, but small.jpg is 200×299")]
    [InlineData(
        """ImageUrl = FalMedia.FromFile({|KLG110:@"art\small.jpg"|})""",
        "'image_url' must be at least 300×300 pixels, but small.jpg is 200×299")]
    public async Task The_build_tells_size_and_pixels(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""ImageUrl = FalMedia.FromFile("right.png")""")]
    [InlineData("""ImageUrl = FalMedia.FromFile("not-there.png")""")]
    [InlineData("""ImageUrl = FalMedia.FromFile("car.jpeg")""")]
    [InlineData("""ImageUrl = FalMedia.FromFile("car.dat")""")]
    [InlineData("""ImageUrl = FalMedia.FromFile(text)""")]
    [InlineData("""AudioUrl = FalMedia.FromFile("film.mp4")""")]
    [InlineData("""ReferenceImageUrls = [FalMedia.FromFile("art/small.jpg")]""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class FalMedia { public static FalMedia FromFile(string path) => new(); }
                class LookAlike { public FalMedia? ImageUrl { get; init; } public LookAlike Make() => new() { ImageUrl = FalMedia.FromFile("song.mp3") }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class FalMedia { public static FalMedia FromFile(string path) => new(); }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public FalMedia? ImageUrl { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { ImageUrl = FalMedia.FromFile("song.mp3") };
                }
            }
            """, Origin.Nowhere);
}
