using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Text;

namespace KlingGen.Overlays;

/// <summary>
/// Applies OpenAPI overlays (Overlay Specification 1.0) to documents. What 1.0 leaves open is done as 1.1 words it: arrays are joined, one
/// primitive replaces another, and values of different kinds cannot be merged.
/// </summary>
internal static class Overlay
{
    /// <summary>How many nodes all actions of one overlay may touch.</summary>
    public const int MaxWork = 4_000_000;

    /// <summary>After how many problems the rest of an overlay is left alone.</summary>
    public const int MaxProblems = 100;

    /// <summary>Whether this looks like an overlay and not like a document of another sort.</summary>
    public static bool IsOverlay(SpecNode root) => root.Get("overlay") is not null;

    /// <summary>The reference to the document that the overlay is for, if it names one.</summary>
    public static SpecNode? Extends(SpecNode root) => root.Get("extends");

    /// <summary>
    /// The document with the overlay applied: a new immutable tree that shares unchanged nodes, in which every node keeps its source range
    /// written. An action with a problem is left out, and so is an overlay of which nothing can be understood.
    /// </summary>
    public static SpecNode Apply(SpecNode document, SpecNode overlay, ICollection<OverlayProblem> problems)
    {
        if (!overlay.IsObject || overlay.Get("overlay") is not { } version)
        {
            problems.Add(new(OverlayProblemKind.NotAnOverlay, overlay.Source, overlay.Range));
            return document;
        }

        var fields = new OverlayFields(problems);
        if (!fields.IsString(version, out var text)) return document;
        if (!text.StartsWith("1.0.", StringComparison.Ordinal))
        {
            problems.Add(new(OverlayProblemKind.UnsupportedVersion, version.Source, version.Range, Characters.Show(text)));
            return document;
        }

        fields.OnlyKnown(overlay, "overlay", "info", "extends", "actions");
        if (fields.Required(overlay, "info") is { } info && fields.IsObject(info))
        {
            fields.RequiredString(info, "title");
            fields.RequiredString(info, "version");
        }

        if (fields.Required(overlay, "actions") is not { } actions || !fields.IsArray(actions)) return document;
        var allowance = MaxWork;
        foreach (var action in actions.Items)
        {
            if (allowance < 0 || problems.Count >= MaxProblems) break;
            document = ApplyAction(document, action, fields, problems, ref allowance);
        }

        return document;
    }

    private static SpecNode ApplyAction(
        SpecNode document, SpecNode action, OverlayFields fields, ICollection<OverlayProblem> problems, ref int allowance)
    {
        if (!fields.IsObject(action)) return document;
        fields.OnlyKnown(action, "target", "description", "update", "remove");
        if (fields.RequiredString(action, "target") is not { } where) return document;

        var remove = false;
        if (action.Get("remove") is { } flag && !flag.TryGetBoolean(out remove))
        {
            problems.Add(new(OverlayProblemKind.WrongKind, flag.Source, flag.Range, "true or false"));
            return document;
        }

        var update = remove ? null : action.Get("update");
        if (!remove && update is null)
        {
            problems.Add(new(OverlayProblemKind.NothingToDo, action.Source, action.Range));
            return document;
        }

        var target = OverlayTarget.Parse(where.Text);
        if (target.Problem is { } problem)
        {
            problems.Add(problem with { Source = where.Source, Range = Inside(where, problem.Range.Start, problem.Range.Length) });
            return document;
        }

        if (remove && target.Steps.Count == 0)
        {
            problems.Add(new(OverlayProblemKind.RemovesEverything, where.Source, where.Range));
            return document;
        }

        return new OverlayAction(where, target, update).Apply(document, problems, ref allowance);
    }

    /// <summary>A place inside a string, as long as it was written without escapes; the whole of it otherwise.</summary>
    internal static SourceRange Inside(SpecNode text, int start, int length)
        => text.Range.Length == text.Text.Length + 2 ? new(text.Range.Start + 1 + start, length) : text.Range;
}
