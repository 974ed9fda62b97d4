using System.Globalization;
using KlingGen.Diagnostics;

namespace KlingGen.Cli.Checking;

/// <summary>A diagnostic of a document, as the tool reports it.</summary>
/// <param name="Rule">What sort of thing.</param>
/// <param name="Location">Where.</param>
/// <param name="Message">What exactly.</param>
internal sealed record ReportedDiagnostic(DiagnosticRule Rule, SourceLocation Location, string Message)
{
    public static ReportedDiagnostic FromSpec(SpecDiagnostic problem)
    {
        var rule = DiagnosticRules.For(problem.Kind);
        object[] arguments = [.. problem.Arguments];
        return new ReportedDiagnostic(rule, problem.Location, string.Format(CultureInfo.InvariantCulture, rule.Message, arguments));
    }
}
