namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG012: an overlay that changes nothing.</summary>
public sealed class KLG012Tests
{
    private const string Empty = """{"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": []}""";

    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Fact]
    public void It_fires_at_the_step_that_leads_nowhere()
        => Rule.Fires("KLG012", Overlay("\"$.components.schemas.Input.properties«.prompts»\""), Rule.Id + ".overlay", Clip);

    [Fact]
    public void It_fires_for_an_overlay_without_its_document() => Rule.Fires("KLG012", "«»" + Empty, "acme/lumen/gone.overlay");

    [Fact]
    public void An_overlay_with_nothing_to_do_is_fine() => Rule.Quiet(Clip.GetText().ToString(), new SpecText(Rule.Id + ".overlay", Empty));

    [Fact]
    public void A_target_that_is_there_is_fine()
        => Rule.Quiet(Clip.GetText().ToString(), new SpecText(Rule.Id + ".overlay", Overlay("\"$.components.schemas.Input.properties.prompt\"")));

    private static string Overlay(string target)
        => "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"},\n \"actions\": [{\"target\": " + target
            + ", \"update\": {\"maxLength\": 9}}]}";
}
