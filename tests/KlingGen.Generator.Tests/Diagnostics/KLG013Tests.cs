namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG013: a name twice in one object.</summary>
public sealed class KLG013Tests
{
    [Theory]
    [InlineData("\"prompt\": {\"type\": \"integer\"},\n  «\"prompt\"»: {\"type\": \"string\"}")]
    [InlineData("\"prompt\": {\"type\": \"integer\", «\"type\"»: \"string\"}")]
    [InlineData("\"prompt\": {\"type\": \"integer\", «\"t\\u0079pe\"»: \"string\"}")]
    public void It_fires_at_the_second_name(string members) => Rule.Fires("KLG013", Documents.WithMembers(members));

    [Fact]
    public void The_last_one_counts()
    {
        var outcome = Rule.Run(new SpecText(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "integer"}, "prompt": {"type": "string"} """)));
        Assert.Contains("public string? Prompt { get; init; }", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"prompt\": {\"type\": \"string\"}, \"Prompt\": {\"type\": \"string\"}")]
    [InlineData("\"one\": {\"type\": \"string\"}, \"two\": {\"type\": \"string\"}")]
    public void Names_that_differ_in_case_and_names_of_two_objects_are_fine(string members) => Rule.Quiet(Documents.WithMembers(members));
}
