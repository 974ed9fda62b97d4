using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>Merges the edits of several fixes of one document.</summary>
internal static class TextEdits
{
    /// <summary>Equal edits count once, insertions at one place follow each other, and of two that overlap the first one stays.</summary>
    public static IReadOnlyList<TextChange> Merge(IEnumerable<TextChange> changes)
    {
        var merged = new List<TextChange>();
        foreach (var change in changes.Distinct().OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length))
        {
            if (merged.Count == 0)
            {
                merged.Add(change);
                continue;
            }

            var last = merged[merged.Count - 1];
            if (change.Span.IsEmpty && last.Span.IsEmpty && change.Span.Start == last.Span.Start)
                merged[merged.Count - 1] = new TextChange(last.Span, last.NewText + change.NewText);
            else if (change.Span.Start >= last.Span.End)
                merged.Add(change);
        }

        return merged;
    }
}
