using KlingGen.Cli.Checking;

namespace KlingGen.Cli.Reports;

/// <summary>The findings as plain JSON, for scripts. Lines and columns count from 1.</summary>
internal static class JsonReport
{
    public static void Write(IEnumerable<Finding> findings, TextWriter output)
        => ReportJson.Write(
            findings.Select(finding => new
            {
                finding.Place.Path,
                Line = finding.Place.StartLine + 1,
                Column = finding.Place.StartColumn + 1,
                EndLine = finding.Place.EndLine + 1,
                EndColumn = finding.Place.EndColumn + 1,
                Rule = finding.Rule.Id,
                Severity = Words.Of(finding.Rule.Severity),
                finding.Message,
            }),
            output);
}
