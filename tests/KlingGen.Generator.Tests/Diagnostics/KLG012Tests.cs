namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG012: an overlay that changes nothing.</summary>
public sealed class KLG012Tests
{
    private const string Overlay = """{"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": []}""";

    [Fact]
    public void It_fires_for_an_overlay_without_its_document()
        => Rule.Fires("KLG012", "«»" + Overlay, "acme/lumen/gone.overlay");

    [Fact]
    public void An_overlay_beside_its_document_is_fine()
        => Rule.Quiet(Documents.WithMembers(""" "prompt": {"type": "string"} """), new SpecText("acme/lumen/clip.overlay", Overlay));
}
