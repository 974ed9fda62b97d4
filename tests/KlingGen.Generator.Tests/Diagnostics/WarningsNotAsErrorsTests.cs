using System.Text.RegularExpressions;
using KlingGen.Diagnostics;

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
        var warnings = Enum.GetValues<SpecDiagnosticKind>().Select(DiagnosticRules.For)
            .Where(rule => rule.Severity == SpecSeverity.Warning).Select(rule => rule.Id);
        Assert.Equal(warnings.Except(OwnChoices).Order(StringComparer.Ordinal), listed);
        var page = Repository.Read("generator", "docs", "rules", "README.md");
        var start = page.IndexOf("An error in a document of fal", StringComparison.Ordinal);
        var named = Id().Matches(page[start..page.IndexOf("therefore stay warnings", StringComparison.Ordinal)]);
        Assert.Equal(listed, named.Select(match => match.Value));
    }

    [Fact]
    public void Every_message_of_the_build_leads_to_the_table_that_explains_it()
    {
        var page = Repository.Read("generator", "docs", "rules", "README.md");
        Assert.Contains("\n## Messages of the build\n", page, StringComparison.Ordinal);
        var messages = Message().Matches(Repository.Read("generator", "KlingGen.Generator", "build", "KlingGen.targets"));
        Assert.Equal(["KLG220", "KLG221", "KLG222", "KLG223", "KLG224"], messages.Select(message => message.Groups[2].Value));
        Assert.All(messages, message =>
        {
            Assert.Contains($"\n| {message.Groups[2].Value} | {message.Groups[1].Value.ToLowerInvariant()} |", page, StringComparison.Ordinal);
            Assert.Contains("HelpLink=\"$(_FalHelpPage)\"", message.Value, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex("<(Error|Warning) Code=\"(KLG[0-9]{3})\"[^>]*>")]
    private static partial Regex Message();

    [GeneratedRegex("<WarningsNotAsErrors>.*</WarningsNotAsErrors>")]
    private static partial Regex Property();

    [GeneratedRegex("KLG[0-9]{3}")]
    private static partial Regex Id();
}
