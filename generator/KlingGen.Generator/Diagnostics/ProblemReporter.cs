using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Diagnostics;

/// <summary>Turns problems into diagnostics, on the document's own line where they have one.</summary>
internal static class ProblemReporter
{
    public static Diagnostic ToDiagnostic(SpecDiagnostic problem)
    {
        var place = problem.Location;
        var location = Location.Create(
            place.Path,
            new TextSpan(place.Range.Start, place.Range.Length),
            new LinePositionSpan(new LinePosition(place.StartLine, place.StartColumn), new LinePosition(place.EndLine, place.EndColumn)));
        return Diagnostic.Create(Descriptors.For(problem.Kind), location, problem.Arguments.Select(static argument => (object)argument).ToArray());
    }

    public static Diagnostic ToDiagnostic(SettingProblem problem)
        => Diagnostic.Create(Descriptors.For(problem.Kind), Location.None, problem.Argument, problem.Hint);
}
