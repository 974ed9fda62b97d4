using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>What the tests of single rules share: the marked place is the one reported, and the near miss is silent.</summary>
internal static class Rule
{
    public const string Id = "acme/lumen/clip";

    /// <summary>A document beside the faulty one, which must not suffer.</summary>
    private static readonly SpecText Bystander = new(
        "acme/heron/draw",
        Documents.WithMembers(""" "prompt": {"type": "string"} """, "acme/heron/draw", "DrawRequest"));

    /// <summary>The rule fires once, at the marked place, and everything still compiles.</summary>
    public static Diagnostic Fires(string rule, string marked, params SpecText[] others) => Fires(rule, marked, Id, others);

    public static Diagnostic Fires(string rule, string marked, string key, params SpecText[] others)
    {
        var expected = Marked.Parse(marked);
        var outcome = Run([new SpecText(key, expected.Text), .. others]);
        var diagnostic = Assert.Single(outcome.Problems, problem => problem.Id == rule);
        Assert.Equal("/specs/" + key + ".json", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal((expected.Line, expected.Column, expected.EndLine, expected.EndColumn), Marked.PlaceOf(diagnostic));
        return diagnostic;
    }

    /// <summary>No diagnostic at all.</summary>
    public static void Quiet(string text, params SpecText[] others) => Assert.Empty(Run([new SpecText(Id, text), .. others]).Problems);

    /// <summary>This rule says nothing; another one may.</summary>
    public static void Silent(string rule, string text, params SpecText[] others)
        => Assert.DoesNotContain(Run([new SpecText(Id, text), .. others]).Problems, problem => problem.Id == rule);

    /// <summary>Runs the documents beside one without fault, whose files must be there whatever happens.</summary>
    public static DriverOutcome Run(params SpecText[] files)
    {
        var outcome = Driver.Run([Bystander, .. files]).Clean();
        Assert.Contains("sealed partial record DrawRequest", outcome.Text("acme.heron.draw.g.cs"), StringComparison.Ordinal);
        return outcome;
    }
}
