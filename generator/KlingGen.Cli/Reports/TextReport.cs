using System.Globalization;
using KlingGen.Cli.Checking;
using KlingGen.Cli.Terminal;
using KlingGen.Specs;

namespace KlingGen.Cli.Reports;

/// <summary>One line per finding, as compilers write them, so that editors and build logs find the place.</summary>
internal static class TextReport
{
    public static void Write(IEnumerable<Finding> findings, TextWriter output, Paint paint)
    {
        foreach (var finding in findings)
        {
            var (place, rule) = (finding.Place, finding.Rule);
            var word = Words.Of(rule.Severity) + " " + rule.Id;
            word = rule.Severity switch { SpecSeverity.Error => paint.Red(word), SpecSeverity.Warning => paint.Yellow(word), _ => paint.Cyan(word) };
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{place.Path}({place.StartLine + 1},{place.StartColumn + 1}): "
                    + $"{word}: {finding.Message}"));
        }
    }
}
