using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Schemas;

namespace KlingGen.Planning;

/// <summary>From what shows only when documents meet to places in them.</summary>
internal static class PlanProblems
{
    /// <summary>Finds the places of problems that showed only when the documents met.</summary>
    public static IEnumerable<SpecDiagnostic> Place(EquatableArray<PlanProblem> problems, EquatableArray<SpecAnchors> anchors)
    {
        foreach (var problem in problems)
        {
            foreach (var anchor in anchors)
            {
                if (anchor.Key != problem.Key || anchor.IsBundled != problem.IsBundled) continue;
                yield return new SpecDiagnostic(problem.Kind, PlaceOf(problem, anchor), problem.Arguments);
                break;
            }
        }
    }

    private static SourceLocation PlaceOf(PlanProblem problem, SpecAnchors anchor)
    {
        foreach (var type in anchor.Types)
        {
            if (type.Name == problem.TypeName) return type.Location;
        }

        return anchor.Endpoint;
    }
}
