namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Data URIs that are large.</summary>
public sealed class KLG109Tests
{
    [Fact]
    public async Task It_fires_at_the_address()
    {
        var messages = await Analyze.Expect($$"""
            FalMedia small = "data:image/png;base64,{{new string('A', 16 * 1024 - 22)}}";
            FalMedia large = {|KLG109:"data:image/png;base64,{{new string('A', 16 * 1024 - 21)}}"|};
            _ = new ClipRequest { Prompt = "x", Title = "x", ImageUrl = FalMedia.FromDataUri({|KLG109:"data:image/png;base64,{{new string('A', 20_000)}}"|}) };
            """);
        Assert.Equal(
            [
                "A medium is a data URI of 16385 characters, which every request carries; FalMedia.FromFile and FromBytes upload it once",
                "'image_url' is a data URI of 20022 characters, which every request carries; FalMedia.FromFile and FromBytes upload it once",
            ],
            messages);
    }

    [Fact]
    public async Task A_long_text_that_is_no_medium_is_quiet()
        => await Analyze.Expect($$"""var text2 = "data:image/png;base64,"""
            + $$"""{{new string('A', 20_000)}}"; FalMedia address = "https://a.example/{{new string('a', 20_000)}}";""");

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class FalMedia { public static implicit operator FalMedia(string url) => new(); }
                class LookAlike { public FalMedia? ImageUrl { get; init; } public LookAlike Make() => new() { ImageUrl = "data:," + "AAAAAAAAAAAAAAAAAAAA" }; }
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
                    public ClipRequest Make() => new() { ImageUrl = "data:," + "AAAAAAAAAAAAAAAAAAAA" };
                }
            }
            """, Origin.Nowhere);
}
