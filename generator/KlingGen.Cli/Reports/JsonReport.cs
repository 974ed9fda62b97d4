using KlingGen.Cli.Checking;

namespace KlingGen.Cli.Reports;

/// <summary>The diagnostics as plain JSON, for scripts. Lines and columns count from 1.</summary>
internal static class JsonReport
{
    public static void Write(IEnumerable<ReportedDiagnostic> diagnostics, TextWriter output)
        => ReportJson.Write(
            diagnostics.Select(diagnostic => new
            {
                diagnostic.Location.Path,
                Line = diagnostic.Location.StartLine + 1,
                Column = diagnostic.Location.StartColumn + 1,
                EndLine = diagnostic.Location.EndLine + 1,
                EndColumn = diagnostic.Location.EndColumn + 1,
                Rule = diagnostic.Rule.Id,
                Severity = ReportText.Severity(diagnostic.Rule.Severity),
                diagnostic.Message,
            }),
            output);
}
