namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Addresses that are none.</summary>
public sealed class KLG108Tests
{
    [Theory]
    [InlineData(
        """ImageUrl = {|KLG108:"car.jpg"|}""",
        "'image_url' must be an http or https URL or a data URI, not 'car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ImageUrl = {|KLG108:"/home/car.jpg"|}""",
        "'image_url' must be an http or https URL or a data URI, not '/home/car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ImageUrl = {|KLG108:"ftp://a.example/car.jpg"|}""",
        "'image_url' must be an http or https URL or a data URI, not 'ftp://a.example/car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ImageUrl = {|KLG108:"data:image/png"|}""",
        "'image_url' must be an http or https URL or a data URI, not 'data:image/png'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ImageUrl = FalMedia.FromUrl({|KLG108:"car.jpg"|})""",
        "'image_url' must be an http or https URL or a data URI, not 'car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ImageUrl = new Uri({|KLG108:"file:///car.jpg"|})""",
        "'image_url' must be an http or https URL or a data URI, not 'file:///car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData(
        """ReferenceImageUrls = [{|KLG108:"car.jpg"|}]""",
        "'reference_image_urls' must be an http or https URL or a data URI, not 'car.jpg'; for a local file use FalMedia.FromFile")]
    [InlineData("""Callback = {|KLG108:"/done"|}""", "'callback' must be an http or https URL or a data URI, not '/done'")]
    [InlineData(
        """Cover = {|KLG108:"car.jpg"|}""",
        "A medium must be an http or https URL or a data URI, not 'car.jpg'; for a local file use FalMedia.FromFile")]
    public async Task It_fires_at_the_address(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""ImageUrl = "https://a.example/car.jpg" """)]
    [InlineData("""ImageUrl = "data:image/png;base64,AAAA" """)]
    [InlineData("""ImageUrl = "" """)]
    [InlineData("""ImageUrl = text""")]
    [InlineData("""ImageUrl = FalMedia.FromFile("car.jpg")""")]
    [InlineData("""ImageUrl = new Uri("https://a.example/car.jpg")""")]
    [InlineData("""Callback = "https://a.example/done" """)]
    [InlineData("""Cover = "https://a.example/car.jpg" """)]
    [InlineData("""Cover = new Size { Width = 64, Height = 64 }""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task It_fires_wherever_a_text_becomes_media()
        => await Analyze.Expect("""
            FalMedia first = {|KLG108:"car.jpg"|};
            FalMedia? second = {|KLG108:"car.jpg"|};
            List<FalMedia> third = [{|KLG108:"car.jpg"|}];
            var fourth = FalMedia.FromUrl({|KLG108:"car" + ".jpg"|});
            var fifth = (FalMedia){|KLG108:"car.jpg"|};
            object sixth = (FalMedia){|KLG108:"car.jpg"|};
            """);

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class FalMedia { public static implicit operator FalMedia(string url) => new(); }
                class LookAlike { public FalMedia? ImageUrl { get; init; } public LookAlike Make() => new() { ImageUrl = "car.jpg" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class FalMedia { public static implicit operator FalMedia(string url) => new(); }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public FalMedia? ImageUrl { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { ImageUrl = "car.jpg" };
                }
            }
            """, Origin.Nowhere);
}
