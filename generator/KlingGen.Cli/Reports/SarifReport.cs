using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Specs;

namespace KlingGen.Cli.Reports;

/// <summary>The findings as SARIF 2.1.0, for code scanners and editors.</summary>
internal static class SarifReport
{
    public static void Write(IReadOnlyList<Finding> findings, TextWriter output)
    {
        SpecRule[] rules = [.. findings.Select(finding => finding.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal)];
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
                    Results = findings.Select(finding => Result(finding, Array.IndexOf(rules, finding.Rule))),
                },
            },
        };
        ReportJson.Write(log, output);
    }

    private static object Rule(SpecRule rule) => new
    {
        rule.Id,
        ShortDescription = new { Text = rule.Title },
        HelpUri = rule.HelpLink,
        DefaultConfiguration = new { Level = Level(rule.Severity) },
    };

    private static object Result(Finding finding, int ruleIndex) => new
    {
        RuleId = finding.Rule.Id,
        RuleIndex = ruleIndex,
        Level = Level(finding.Rule.Severity),
        Message = new { Text = finding.Message },
        Locations = new object[] {
            new { PhysicalLocation = new { ArtifactLocation = new { Uri = Uri(finding.Place.Path) }, Region = Region(finding.Place) } } },
    };

    private static object Region(SpecPlace place) => new
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
