namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG017: a rule over several members that is not understood.</summary>
public sealed class KLG017Tests
{
    private const string Members = """
        "mode": {"type": "string", "enum": ["fast", "fine"]}, "from": {"type": "number"}, "to": {"type": "number"}, "note": {"type": "string"},
        "shots": {"type": "array", "items": {"title": "Shot", "type": "object", "properties": {"length": {"type": "number"}}}}
        """;

    [Theory]
    [InlineData(", \"dependentRequired\": {\"from\": [«\"until\"»]}")]
    [InlineData(", \"dependentRequired\": {\"since\": «[\"to\"]»}")]
    [InlineData(", \"not\": {\"required\": [\"from\", \"to\", «\"until\"»]}")]
    [InlineData(", \"oneOf\": [{\"required\": [\"from\"]}, {\"required\": [«\"until\"»]}]")]
    [InlineData(", \"oneOf\": [{\"required\": [\"from\"]}, «{\"minProperties\": 2}»]")]
    [InlineData(",\n \"if\": {\"properties\": {\"mode\": {\"const\": «\"slow\"»}}}, \"then\": {\"required\": [\"from\"]}", 2)]
    [InlineData(", \"if\": «{\"required\": [\"from\"]}», \"then\": {\"required\": [\"to\"]}")]
    [InlineData(", \"x-klinggen-rules\": [«{\"rule\": \"product\"}»]")]
    [InlineData(", \"x-klinggen-capabilities\": {\"music\": «\"note\"»}")]
    [InlineData(", \"x-klinggen-capabilities\": {\"prompt\": «\"text\"»}")]
    [InlineData(", \"x-klinggen-capabilities\": {\"prompt\": «1»}")]
    [InlineData(", \"x-klinggen-capabilities\": {\"duration\": «\"mode\"»}")]
    [InlineData(", \"x-klinggen-capabilities\": {\"audio\": «\"note\"»}")]
    [InlineData(", \"x-klinggen-capabilities\": «[\"prompt\"]»")]
    [InlineData(", \"x-klinggen-rules\": «{\"rule\": \"maxSum\"}»")]
    [InlineData(", \"x-klinggen-rules\": [«{\"rule\": \"maxSum\", \"list\": \"shots\", \"member\": \"width\", \"maximum\": 10}»]")]
    [InlineData(", \"x-klinggen-rules\": [«{\"rule\": \"minDifference\", \"from\": \"from\", \"to\": \"until\", \"minimum\": 1}»]")]
    public void It_fires_at_the_part_that_is_not_understood(string beside, int count = 1)
    {
        var text = Documents.WithMembers(Members, beside: beside);
        if (count == 1)
        {
            Rule.Fires("KLG017", text);
            return;
        }

        var expected = Marked.Parse(text);
        var places = Rule.Run(new SpecText(Rule.Id, expected.Text)).Problems.Where(problem => problem.Id == "KLG017").Select(Marked.PlaceOf)
            .ToArray();
        Assert.Equal(count, places.Length);
        Assert.Contains((expected.Line, expected.Column, expected.EndLine, expected.EndColumn), places);
    }

    [Theory]
    [InlineData("\"x-enum-varnames\": «[\"Fast\"]»")]
    [InlineData("\"x-enum-varnames\": {\"fast\": \"Fast\", «\"slow\"»: \"Slow\"}")]
    [InlineData("\"x-enum-varnames\": {\"fast\": «\"not a name\"»}")]
    [InlineData("\"x-enum-varnames\": «\"Fast\"»")]
    [InlineData("\"x-klinggen-enum\": «{\"name\": \"Pace\", \"values\": [\"fast\"]}»")]
    [InlineData("\"x-klinggen-enum\": «{\"name\": \"Pace\", \"values\": [\"fast\", \"fine\", \"slow\"]}»")]
    [InlineData("\"x-klinggen-enum\": «{\"name\": \"Pace\"}»")]
    [InlineData("\"x-klinggen-enum\": «{\"name\": \" \", \"values\": [\"fast\", \"fine\"]}»")]
    [InlineData("\"x-klinggen-enum\": «\"Pace\"»")]
    public void It_fires_at_names_that_do_not_fit_the_values(string beside)
        => Rule.Fires("KLG017", Documents.WithMembers($$"""
            "mode": {"type": "string", "enum": ["fast", "fine"], {{beside}}}
            """));

    [Theory]
    [InlineData("\"x-enum-varnames\": [\"Fast\", \"Best\"]")]
    [InlineData("\"x-enum-varnames\": {\"fine\": \"Best\"}")]
    [InlineData("\"x-klinggen-enum\": {\"name\": \"Pace\", \"values\": [\"fine\", \"fast\"]}")]
    public void Names_for_each_value_are_fine(string beside)
        => Rule.Quiet(Documents.WithMembers($$"""
            "mode": {"type": "string", "enum": ["fast", "fine"], {{beside}}}
            """));

    [Theory]
    [InlineData(", \"dependentRequired\": {\"from\": [\"to\"]}")]
    [InlineData(", \"not\": {\"required\": [\"from\", \"note\"]}")]
    [InlineData(", \"oneOf\": [{\"required\": [\"from\"]}, {\"required\": [\"note\"]}]")]
    [InlineData(", \"anyOf\": [{\"required\": [\"from\", \"to\"]}, {\"required\": [\"note\"]}]")]
    [InlineData(
        ", \"if\": {\"properties\": {\"mode\": {\"const\": \"fast\"}}}, \"then\": {\"required\": [\"from\"], \"not\": {\"required\": [\"note\"]}}")]
    [InlineData(", \"if\": {\"properties\": {\"mode\": {\"enum\": [\"fast\", \"fine\"]}}}, \"then\": {\"properties\": {\"from\": {\"maximum\": 5}}}")]
    [InlineData(", \"x-klinggen-rules\": [{\"rule\": \"maxSum\", \"list\": \"shots\", \"member\": \"length\", \"maximum\": 10}, "
        + "{\"rule\": \"minDifference\", \"from\": \"from\", \"to\": \"to\", \"minimum\": 1}]")]
    public void A_rule_that_is_understood_is_fine(string beside) => Rule.Quiet(Documents.WithMembers(Members, beside: beside));
}
