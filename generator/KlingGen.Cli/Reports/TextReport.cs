using System.Globalization;
using KlingGen.Cli.Checking;
using KlingGen.Cli.Terminal;
using KlingGen.Diagnostics;

namespace KlingGen.Cli.Reports;

/// <summary>One line per diagnostic, as compilers write them, so that editors and build logs find the place.</summary>
internal static class TextReport
{
    public static void Write(IEnumerable<ReportedDiagnostic> diagnostics, TextWriter output, Paint paint)
    {
        foreach (var diagnostic in diagnostics)
        {
            var (place, rule) = (diagnostic.Location, diagnostic.Rule);
            var word = ReportText.Severity(rule.Severity) + " " + rule.Id;
            word = rule.Severity switch { SpecSeverity.Error => paint.Red(word), SpecSeverity.Warning => paint.Yellow(word), _ => paint.Cyan(word) };
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{place.Path}({place.StartLine + 1},{place.StartColumn + 1}): "
                    + $"{word}: {diagnostic.Message}"));
        }
    }
}
