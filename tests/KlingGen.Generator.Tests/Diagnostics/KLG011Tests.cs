namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG011: an overlay that is not understood.</summary>
public sealed class KLG011Tests
{
    private const string Key = Rule.Id + ".overlay";

    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Theory]
    [InlineData("«[]»")]
    [InlineData("{\"overlay\": «\"2.0.0\"», \"info\": {\"title\": \"x\", \"version\": \"1\"}, \"actions\": []}")]
    [InlineData("{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"}, \"actions\": «{}»}")]
    [InlineData("{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"x\", \"version\": \"1\"},\n  \"actions\": [{\"target\": \"$.info\", "
        + "«\"updates\"»: {}, \"update\": {}}]}")]
    public void It_fires_at_the_part_of_the_overlay(string overlay) => Rule.Fires("KLG011", overlay, Key, Clip);

    [Fact]
    public void It_fires_inside_the_target()
    {
        const string Overlay = """
            {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": [{"target": "$.components[?(@.a)]", "remove": true}]}
            """;
        var problem = Assert.Single(Rule.Run(Clip, new SpecText(Key, Overlay)).Problems);
        Assert.Equal(("KLG011", "/specs/" + Key + ".json", 1), (problem.Id, problem.Location.GetLineSpan().Path, Marked.PlaceOf(problem).Line));
        Assert.InRange(
            Marked.PlaceOf(problem).Column,
            Overlay.IndexOf("$.components", StringComparison.Ordinal) + 1,
            Overlay.IndexOf(", \"remove\"", StringComparison.Ordinal) + 1);
    }

    [Fact]
    public void The_document_stands_as_if_the_action_were_not_there()
        => Assert.Contains(
            "public string? Prompt { get; init; }",
            Rule.Run(Clip, new SpecText(Key, "[]")).Text("acme.lumen.clip.g.cs"),
            StringComparison.Ordinal);

    [Fact]
    public void An_overlay_that_is_not_JSON_is_KLG001_at_the_overlay() => Rule.Fires("KLG001", "{\"overlay\": «nope»}", Key, Clip);

    [Fact]
    public void An_overlay_that_is_understood_is_applied_in_silence()
    {
        const string Overlay = """
            {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "x-note": 1, "actions": [{"target": "$.components.schemas.Input.properties.prompt", "update": {"maxLength": 77}}]}
            """;
        var outcome = Rule.Run(Clip, new SpecText(Key, Overlay));
        Assert.Empty(outcome.Problems);
        Assert.Contains("[SpecLength(0, 77)]", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void List_of_enum_names_is_refused_with_the_object_to_paste()
    {
        var overlay = Names("«[\"Fast\", \"LetsRide\"]»");
        var problem = Rule.Fires("KLG011", overlay, Key, Mode);
        var message = problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.EndsWith("\"x-enum-varnames\": { \"fast\": \"Fast\", \"let's ride\": \"LetsRide\" }", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"fast\", \"let's ride\"]")]
    [InlineData("[\"let's ride\", \"fast\"]")]
    public void Object_of_enum_names_is_bound_to_the_values_in_any_order(string values)
    {
        var outcome = Rule.Run(ModeWith(values), new SpecText(Key, Names("{\"fast\": \"Quick\", \"let's ride\": \"Ride\"}")));
        Assert.Empty(outcome.Problems);
        var text = outcome.Text("acme.lumen.clip.g.cs");
        var first = values.StartsWith("[\"fast", StringComparison.Ordinal) ? "Quick" : "Ride";
        Assert.Contains("    " + first + " = 1,", text, StringComparison.Ordinal);
        Assert.Contains("Table = new(" + values.Trim('[', ']') + ");", text, StringComparison.Ordinal);
    }

    private static readonly SpecText Mode = ModeWith("[\"fast\", \"let's ride\"]");

    private static SpecText ModeWith(string values) => new(Rule.Id, Documents.WithMembers($$""" "mode": {"type": "string", "enum": {{values}}} """));

    private static string Names(string names) => $$$$"""
        {"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": [
          {"target": "$.components.schemas.Input.properties.mode", "update": {"x-enum-varnames": {{{{names}}}}}}]}
        """;
}
