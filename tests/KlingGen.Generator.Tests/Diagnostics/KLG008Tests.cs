using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG008: one endpoint, two documents.</summary>
public sealed class KLG008Tests
{
    private static readonly string Plain = Documents.WithMembers(""" "prompt": {"type": "string"} """);

    [Fact]
    public void It_fires_at_the_path_of_the_document_that_is_ignored()
        => Rule.Fires(
            "KLG008",
            Plain.Replace("\"/acme/lumen/clip\":", "«\"/acme/lumen/clip\"»:", StringComparison.Ordinal),
            "copies/clip",
            new SpecText(Rule.Id, Plain));

    [Fact]
    public void The_document_of_the_user_wins_over_the_one_of_the_package()
    {
        var bundled = new SpecText(Rule.Id, Documents.WithMembers(""" "old": {"type": "string"} """), isBundled: true);
        var outcome = Driver.Run([bundled, new SpecText("mine/clip", Plain)], options: new SpecOptions(("FalEndpointPatterns", "acme/**"))).Clean();
        var problem = Assert.Single(outcome.Problems, problem => problem.Id == "KLG008");
        Assert.Equal(bundled.Path, problem.Location.GetLineSpan().Path);
        Assert.Contains("Prompt", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_documents_of_one_endpoint_give_two_diagnostics()
    {
        var outcome = Rule.Run(new SpecText("a", Plain), new SpecText("b", Plain), new SpecText("c", Plain));
        Assert.Equal(
            ["/specs/b.json", "/specs/c.json"],
            outcome.Problems.Where(problem => problem.Id == "KLG008").Select(problem => problem.Location.GetLineSpan().Path).Order());
        Assert.All(outcome.Problems, problem => Assert.Equal(DiagnosticSeverity.Warning, problem.Severity));
    }

    [Fact]
    public void Endpoints_that_begin_alike_are_fine()
        => Rule.Quiet(Plain, new SpecText("acme/lumen/clips", Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/lumen/clips")));
}
