using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Diagnostics;

namespace KlingGen.Cli.Reports;

/// <summary>The diagnostics as SARIF 2.1.0, for code scanners and editors.</summary>
internal static class SarifReport
{
    public static void Write(IReadOnlyList<ReportedDiagnostic> diagnostics, TextWriter output)
    {
        DiagnosticRule[] rules = [.. diagnostics.Select(diagnostic => diagnostic.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        var log = new Dictionary<string, object>
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new object[]
            {
                new
                {
                    Tool = new
                    {
                        Driver = new
                        {
                            Name = "klinggen",
                            Version = SpecSet.Version,
                            InformationUri = RepositoryLinks.Url,
                            Rules = rules.Select(Rule),
                        },
                    },
                    ColumnKind = "utf16CodeUnits",
                    Results = diagnostics.Select(diagnostic => Result(diagnostic, Array.IndexOf(rules, diagnostic.Rule))),
                },
            },
        };
        ReportJson.Write(log, output);
    }

    private static object Rule(DiagnosticRule rule) => new
    {
        rule.Id,
        ShortDescription = new { Text = rule.Title },
        HelpUri = rule.HelpLink,
        DefaultConfiguration = new { Level = Level(rule.Severity) },
    };

    private static object Result(ReportedDiagnostic diagnostic, int ruleIndex) => new
    {
        RuleId = diagnostic.Rule.Id,
        RuleIndex = ruleIndex,
        Level = Level(diagnostic.Rule.Severity),
        Message = new { Text = diagnostic.Message },
        Locations = new object[] {
            new { PhysicalLocation = new { ArtifactLocation = new { Uri = Uri(diagnostic.Location.Path) }, Region = Region(diagnostic.Location) } } },
    };

    private static object Region(SourceLocation place) => new
    {
        StartLine = place.StartLine + 1,
        StartColumn = place.StartColumn + 1,
        EndLine = place.EndLine + 1,
        EndColumn = place.EndColumn + 1,
    };

    private static string Level(SpecSeverity severity)
        => severity switch { SpecSeverity.Error => "error", SpecSeverity.Warning => "warning", _ => "note" };

    private static string Uri(string path)
        => Path.IsPathFullyQualified(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
