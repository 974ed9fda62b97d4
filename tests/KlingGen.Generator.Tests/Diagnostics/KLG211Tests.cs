using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG211: an endpoint that a referenced assembly emits.</summary>
public sealed class KLG211Tests
{
    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Fact]
    public void It_names_the_endpoint_and_the_assembly_at_the_document()
    {
        var library = new Project("Acme.Library", Clip).Build();
        var problem = Assert.Single(new Project("App", Clip) { References = [library.Reference] }.Problems());
        Assert.Equal(("KLG211", DiagnosticSeverity.Info, "/specs/acme/lumen/clip.json"),
            (problem.Id, problem.Severity, problem.Location.GetLineSpan().Path));
        Assert.Equal("'acme/lumen/clip' is emitted by the referenced assembly 'Acme.Library', whose types are used here",
            problem.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_document_with_other_descriptions_is_the_same()
    {
        var library = new Project("Library", Clip).Build();
        var described = new SpecText(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string", "description": "What to show."} """));
        Assert.Equal("KLG211", Assert.Single(new Project("App", described) { References = [library.Reference] }.Problems()).Id);
    }

    [Fact]
    public void A_reference_without_the_endpoint_is_fine()
        => Assert.Empty(new Project("App", Clip) { References = [new Project("Library").Build().Reference] }.Problems());
}
