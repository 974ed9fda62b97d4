using System.Globalization;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG016: a setting that is not understood.</summary>
public sealed class KLG016Tests
{
    private static readonly SpecText Clip = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    [Theory]
    [InlineData("FalNamespace", "My-Studio", "'My-Studio'")]
    [InlineData("FalNamespace", "Studio.class", "'Studio.class'")]
    [InlineData("FalNamespace", "Studio..Fal", "'Studio..Fal'")]
    [InlineData("FalVisibility", "private", "'private'")]
    [InlineData("FalVisibility", "Internal", "'Internal'")]
    public void It_fires_with_the_value(string name, string value, string shown)
    {
        var problem = Assert.Single(Run((name, value)).Problems);
        Assert.Equal(("KLG016", Location.None, DiagnosticSeverity.Error), (problem.Id, problem.Location, problem.Severity));
        Assert.Contains(shown, problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains(name, problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FalNamespace", "Studio.Clips")]
    [InlineData("FalNamespace", " Studio ")]
    [InlineData("FalNamespace", "")]
    [InlineData("FalVisibility", "internal")]
    [InlineData("FalVisibility", "public")]
    public void A_setting_that_is_understood_is_fine(string name, string value) => Assert.Empty(Run((name, value)).Problems);

    [Fact]
    public void A_project_without_documents_is_told_nothing()
        => Assert.Empty(Driver.Run([], options: new SpecOptions(("FalVisibility", "private"))).Problems);

    private static DriverOutcome Run((string Name, string Value) setting) => Driver.Run([Clip], options: new SpecOptions(setting)).Clean();
}
