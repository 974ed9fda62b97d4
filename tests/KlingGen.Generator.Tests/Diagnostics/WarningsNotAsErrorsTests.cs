using System.Text.RegularExpressions;
using KlingGen.Specs;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>A fault in fal's own document does not break a build that treats warnings as errors.</summary>
public sealed partial class WarningsNotAsErrorsTests
{
    /// <summary>Warnings about the project's own choices, which it can correct.</summary>
    private static readonly string[] OwnChoices = ["KLG008", "KLG210", "KLG212"];

    [Fact]
    public void The_package_lists_every_warning_about_a_document()
    {
        var targets = Repository.Read("generator", "KlingGen.Generator", "build", "KlingGen.targets");
        var listed = Id().Matches(Property().Match(targets).Value).Select(match => match.Value);
        var warnings = Enum.GetValues<SpecProblemKind>().Select(SpecRules.For)
            .Where(rule => rule.Severity == SpecSeverity.Warning).Select(rule => rule.Id);
        Assert.Equal(warnings.Except(OwnChoices).Order(StringComparer.Ordinal), listed);
    }

    [GeneratedRegex("<WarningsNotAsErrors>.*</WarningsNotAsErrors>")]
    private static partial Regex Property();

    [GeneratedRegex("KLG[0-9]{3}")]
    private static partial Regex Id();
}
