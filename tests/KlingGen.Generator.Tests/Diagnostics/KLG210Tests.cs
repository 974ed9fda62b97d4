using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG210: a namespace of endpoints that the project does not choose.</summary>
public sealed class KLG210Tests
{
    private static readonly SpecText List = new("list", "acme/heron/draw\nacme/lumen/clip\n") { IsEndpointList = true };

    [Theory]
    [InlineData("using Fal.Acme.Lumen;")]
    [InlineData("global using Fal.Acme.Lumen;")]
    [InlineData("using Lumen = Fal.Acme.Lumen.ClipRequest;")]
    [InlineData("class C { Fal.Acme.Lumen.ClipRequest? field; }")]
    [InlineData("class C { object field = Fal.Acme.Lumen.ClipRequest.Example(); }")]
    public void It_names_the_line_for_the_project_file(string code)
    {
        var problem = Assert.Single(Run(code).Problems);
        Assert.Equal(("KLG210", DiagnosticSeverity.Warning), (problem.Id, problem.Severity));
        Assert.Equal("/user/0.cs", problem.Location.GetLineSpan().Path);
        Assert.Contains("<FalEndpoints>acme/lumen/**</FalEndpoints>", problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_keeps_what_the_property_has_already()
    {
        var heron = new SpecText("acme/heron/draw", Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/heron/draw", "DrawRequest"),
            isBundled: true);
        var problem = Assert.Single(Run("using Fal.Acme.Lumen;", ("FalEndpointPatterns", "acme/heron/*"), heron).Problems);
        Assert.Contains("<FalEndpoints>acme/heron/*;acme/lumen/**</FalEndpoints>", problem.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using System.Linq;")]
    [InlineData("using Fal;")]
    [InlineData("using Fal.Acme;")]
    [InlineData("using Fal.Acme.Falcon;")]
    [InlineData("namespace Fal.Acme.Lumen { }")]
    [InlineData("")]
    public void A_project_that_names_no_endpoint_hears_nothing(string code) => Assert.Empty(Run(code).Problems);

    [Fact]
    public void An_endpoint_that_is_emitted_is_not_missing()
    {
        var lumen = new SpecText("acme/lumen/clip", Documents.WithMembers(""" "prompt": {"type": "string"} """), isBundled: true);
        Assert.Empty(Run("using Fal.Acme.Lumen;", ("FalEndpointPatterns", "acme/lumen/*"), lumen).Problems);
    }

    private static DriverOutcome Run(string code, (string Name, string Value)? property = null, params SpecText[] documents)
        => Driver.Run([List, .. documents], options: property is { } named ? new SpecOptions(named) : new SpecOptions(), sources: code);
}
