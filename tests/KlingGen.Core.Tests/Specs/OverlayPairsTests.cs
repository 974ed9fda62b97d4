using KlingGen.Model;
using KlingGen.Overlays;

namespace KlingGen.Core.Tests.Specs;

public sealed class OverlayPairsTests
{
    [Theory]
    [InlineData("{\n}")]
    [InlineData("{\r\n}")]
    public void Over_keeps_the_projects_copy_of_a_bundled_overlay(string copy)
        => Assert.Equal(
            [new SpecOverlay("/project/clip.overlay.json", copy)],
            Over(
                new("/package/clip.overlay.json", "acme/clip", IsBundled: true, "{\n}"),
                new("/project/clip.overlay.json", "acme/clip", IsBundled: false, copy)));

    [Fact]
    public void Over_applies_the_projects_overlay_after_the_bundled_one()
        => Assert.Equal(
            [new SpecOverlay("/package/clip.overlay.json", "{}"), new SpecOverlay("/a/clip.overlay.json", "{ }")],
            Over(
                new("/a/clip.overlay.json", "acme/clip", IsBundled: false, "{ }"),
                new("/package/clip.overlay.json", "acme/clip", IsBundled: true, "{}")));

    [Fact]
    public void Over_ignores_overlays_of_other_documents()
        => Assert.Empty(Over(new OverlayFile("/a/other.overlay.json", "acme/other", false, "{}")));

    private static IEnumerable<SpecOverlay> Over(params OverlayFile[] overlays)
    {
        var source = new SpecSource("/a/clip.json", "acme/clip", IsBundled: false, "{}", EquatableArray<SpecOverlay>.Empty);
        var result = OverlayPairs.Apply(source, OverlayPairs.Sort(overlays)).Overlays;
        return Enumerable.Range(0, result.Count).Select(index => result[index]);
    }
}
