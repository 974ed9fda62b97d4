using System.Globalization;
using KlingGen.Diagnostics;

namespace KlingGen.Cli.Reports;

/// <summary>Small words that several reports use.</summary>
internal static class ReportText
{
    public static string Count(int count, string thing) => count.ToString(CultureInfo.InvariantCulture) + " " + thing + (count == 1 ? "" : "s");

    public static string Severity(SpecSeverity severity)
        => severity switch { SpecSeverity.Error => "error", SpecSeverity.Warning => "warning", _ => "info" };
}
