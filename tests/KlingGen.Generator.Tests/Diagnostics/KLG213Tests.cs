using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG213: an endpoint that two referenced assemblies emit.</summary>
public sealed class KLG213Tests
{
    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Fact]
    public void It_names_both_and_says_which_to_drop()
    {
        var (first, second) = (new Project("First", Clip).Build(), new Project("Second", Clip).Build());
        var problem = Assert.Single(new Project("App", Clip) { References = [first.Reference, second.Reference] }.Problems());
        Assert.Equal(("KLG213", DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains("'First' and 'Second'; drop the endpoint from 'Second'", problem.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_the_two_may_keep_its_code_to_itself()
    {
        var (first, second) = (new Project("First", Clip).Build(), new Project("Second", Clip) { Visibility = "internal" }.Build());
        Assert.Equal("KLG211", Assert.Single(new Project("App", Clip) { References = [first.Reference, second.Reference] }.Problems()).Id);
    }
}
