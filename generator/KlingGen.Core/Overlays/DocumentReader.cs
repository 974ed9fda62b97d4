using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Json;

namespace KlingGen.Overlays;

/// <summary>Parses a document and applies its overlays.</summary>
internal static class DocumentReader
{
    /// <summary>The document with its overlays applied; null if it is no JSON.</summary>
    public static SpecNode? Read(SpecSource source, ReadContext context)
    {
        var root = Parse(source.Text, 0, context);
        if (root is null) return null;
        for (var i = 0; i < source.Overlays.Count; i++)
        {
            var overlay = Parse(source.Overlays[i].Text, i + 1, context);
            if (overlay is null) continue;
            var problems = new List<OverlayProblem>();
            root = Overlay.Apply(root, overlay, problems);
            foreach (var problem in problems)
                context.Report(
                    problem.Kind == OverlayProblemKind.TargetNotFound ? SpecDiagnosticKind.OverlayTargetNotFound : SpecDiagnosticKind.BadOverlay,
                    problem.Range,
                    problem.Source,
                    problem.Message);
        }

        return root;
    }

    /// <summary>Parses a text and reports what is wrong with it.</summary>
    public static SpecNode? Parse(string text, int origin, ReadContext context)
    {
        var reading = JsonReader.Read(text, origin);
        foreach (var problem in reading.Problems)
        {
            if (problem.Kind == JsonProblemKind.DuplicateName)
                context.Report(SpecDiagnosticKind.DuplicateMember, problem.Range, origin, problem.Argument ?? "");
            else context.Report(SpecDiagnosticKind.MalformedJson, problem.Range, origin, problem.Message);
        }

        return reading.Root;
    }
}
