using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Model;

namespace KlingGen.Overlays;

/// <summary>The text of an overlay and the key of its document.</summary>
internal sealed record OverlayFile(string Path, string TargetKey, bool IsBundled, string Text);

/// <summary>Pairs overlays with documents: an overlay has the name of its document.</summary>
internal static class OverlayPairs
{
    private const string Ending = ".overlay";

    public static bool IsOverlay(string key) => key.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>The key of an overlay's document; the key of a document is returned unchanged.</summary>
    public static string TargetOf(string key) => IsOverlay(key) ? key.Substring(0, key.Length - Ending.Length) : key;

    /// <summary>Sorts overlays in order of application: the package's before the project's, then by path.</summary>
    public static EquatableArray<OverlayFile> Sort(IEnumerable<OverlayFile> overlays)
    {
        var sorted = new List<OverlayFile>(overlays);
        sorted.Sort(static (a, b) => a.IsBundled != b.IsBundled ? b.IsBundled.CompareTo(a.IsBundled) : string.CompareOrdinal(a.Path, b.Path));
        return sorted;
    }

    /// <summary>
    /// The document with its overlays. Of overlays with equal text the last one applies alone: a project that has a copy of
    /// the package's overlay gets each constraint once, and diagnostics point into the project's file.
    /// </summary>
    public static SpecSource Apply(SpecSource source, EquatableArray<OverlayFile> overlays)
    {
        var mine = new List<SpecOverlay>();
        foreach (var overlay in overlays)
        {
            if (overlay.TargetKey != source.Key) continue;
            mine.RemoveAll(earlier => IsSameText(earlier.Text, overlay.Text));
            mine.Add(new SpecOverlay(overlay.Path, overlay.Text));
        }

        return mine.Count == 0 ? source : source with { Overlays = mine };
    }

    // A checkout may have changed the line ends.
    private static bool IsSameText(string one, string other)
        => one == other || one.Replace("\r\n", "\n") == other.Replace("\r\n", "\n");

    /// <summary>A diagnostic for each overlay without a document.</summary>
    public static IEnumerable<SpecDiagnostic> Orphans(IEnumerable<string> keys, EquatableArray<OverlayFile> overlays)
    {
        var known = new HashSet<string>(keys, StringComparer.Ordinal);
        foreach (var overlay in overlays)
        {
            if (!known.Contains(overlay.TargetKey) && !EnumFile.IsTarget(overlay.TargetKey))
                yield return new SpecDiagnostic(
                    SpecDiagnosticKind.OverlayTargetNotFound,
                    new SourceLocation(overlay.Path, default, 0, 0, 0, 0),
                    new[] { "there is no document '" + overlay.TargetKey + ".json' for it" });
        }
    }
}
