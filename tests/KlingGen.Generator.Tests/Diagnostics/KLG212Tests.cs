using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG212: a document that differs from the one that a referenced assembly was built from.</summary>
public sealed class KLG212Tests
{
    [Theory]
    [InlineData(""" "prompt": {"type": "string", "maxLength": 200} """)]
    [InlineData(""" "prompt": {"type": "string"}, "seed": {"type": "integer"} """)]
    public void It_names_the_document_and_the_assembly(string members)
    {
        var library = new Project("Library", Clip(""" "prompt": {"type": "string"} """)).Build();
        var app = new Project("App", Clip(members)) { References = [library.Reference] }.Build();
        var problem = Assert.Single(app.Outcome.Problems);
        Assert.Equal(("KLG212", DiagnosticSeverity.Warning), (problem.Id, problem.Severity));
        var message = problem.GetMessage(CultureInfo.InvariantCulture);
        Assert.Contains("'Library'", message, StringComparison.Ordinal);
        Assert.Contains("'acme/lumen/clip.json'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("acme.lumen.clip.g.cs", app.Files);
    }

    [Fact]
    public void The_order_of_members_makes_no_difference_to_types_that_are_the_same()
    {
        var library = new Project("Library", Clip(""" "prompt": {"type": "string"} """)).Build();
        Assert.DoesNotContain(new Project("App", Clip(""" "prompt":  {  "type":"string"  } """)) { References = [library.Reference] }.Problems(),
            problem => problem.Id == "KLG212");
    }

    private static SpecText Clip(string members) => new(Rule.Id, Documents.WithMembers(members));
}
