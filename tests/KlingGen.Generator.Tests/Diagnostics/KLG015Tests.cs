using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG015: a pattern in FalEndpoints that matches nothing.</summary>
public sealed class KLG015Tests
{
    private static readonly SpecText Bundled = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """), isBundled: true);

    [Fact]
    public void It_fires_for_each_pattern_that_brings_nothing()
    {
        var problems = Run("acme/lumen/*;acme/lumne/*;unknown/**", Bundled).Problems;
        Assert.Equal(["KLG015", "KLG015"], problems.Select(problem => problem.Id));
        Assert.All(problems, problem => Assert.Equal(Location.None, problem.Location));
        Assert.Contains("'acme/lumne/*'", problems[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("'unknown/**'", problems[1].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_the_user_is_no_match()
        => Assert.Equal(
            "KLG015",
            Assert.Single(Run("acme/**", new SpecText(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """))).Problems).Id);

    [Theory]
    [InlineData("acme/lumen/clip")]
    [InlineData("acme/**")]
    [InlineData(" ACME/Lumen/cl?p ;; ")]
    [InlineData("")]
    public void A_pattern_that_matches_is_fine(string patterns) => Assert.Empty(Run(patterns, Bundled).Problems);

    [Theory]
    [InlineData("https://fal.ai/models/acme/lumen/clip")]
    [InlineData("https://fal.ai/models/acme/lumen/clip/api?share=1")]
    [InlineData("https://fal.ai/models/acme/lumen/clip/playground")]
    [InlineData("https://www.fal.ai/models/acme/lumen/clip/")]
    [InlineData("https://queue.fal.run/acme/lumen/clip")]
    [InlineData("https://fal.run/acme/lumen/clip")]
    [InlineData("https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=acme%2Flumen%2Fclip")]
    public void A_pasted_url_is_the_endpoint(string url) => Assert.Empty(Run(url, Bundled).Problems);

    [Theory]
    [InlineData("acme/lumne/clip", "; did you mean 'acme/lumen/clip'?")]
    [InlineData("acme/lumne/**", "; did you mean 'acme/lumen/**'?")]
    [InlineData("acem/*/clip", "; did you mean 'acme/*/clip'?")]
    [InlineData("zebra/**", "come with the package")]
    public void The_nearest_endpoint_is_named(string pattern, string ending)
    {
        var list = new SpecText("list", "acme/heron/draw\nacme/lumen/clip\n") { IsEndpointList = true };
        var problem = Assert.Single(Driver.Run([Bundled, list], options: new SpecOptions(("FalEndpointPatterns", pattern))).Problems);
        Assert.EndsWith(ending, problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static DriverOutcome Run(string patterns, SpecText file)
        => Driver.Run([file], options: new SpecOptions(("FalEndpointPatterns", patterns))).Clean();
}
