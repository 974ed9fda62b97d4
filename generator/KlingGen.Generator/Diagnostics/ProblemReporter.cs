using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Diagnostics;

/// <summary>Turns problems into diagnostics on the document's own line.</summary>
internal static class ProblemReporter
{
    public static Diagnostic ToDiagnostic(SpecProblem problem)
    {
        var place = problem.Place;
        var location = Location.Create(
            place.Path,
            new TextSpan(place.Range.Start, place.Range.Length),
            new LinePositionSpan(new LinePosition(place.StartLine, place.StartColumn), new LinePosition(place.EndLine, place.EndColumn)));
        return Diagnostic.Create(Descriptors.For(problem.Kind), location, problem.Arguments.Select(static argument => (object)argument).ToArray());
    }

    /// <summary>Finds the places of problems that showed only when the documents met.</summary>
    public static IEnumerable<SpecProblem> Place(EquatableArray<PlanProblem> problems, ImmutableArray<SpecAnchors?> anchors)
    {
        foreach (var problem in problems)
        {
            var anchor = anchors.FirstOrDefault(candidate => candidate!.Key == problem.Key && candidate.IsBundled == problem.IsBundled);
            if (anchor is null) continue;
            var place = problem.TypeName is null ? anchor.Endpoint : anchor.Types.FirstOrDefault(type => type.Name == problem.TypeName)?.Place ?? anchor.Endpoint;
            yield return new SpecProblem(problem.Kind, place, problem.Arguments);
        }
    }
}
