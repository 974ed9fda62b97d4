using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Overlays;

/// <summary>Collects the problems of one document and turns source ranges into lines and columns.</summary>
internal sealed class ReadContext
{
    private readonly SpecSource _source;
    private readonly List<SpecDiagnostic> _problems = new();
    private readonly LineMap?[] _lines;

    // For each text, a bit for each of its characters: whether an enforced keyword starts there.
    private readonly BitArray?[] _enforced;
    private readonly HashSet<string> _notEnforced = new(StringComparer.Ordinal);

    public ReadContext(SpecSource source, CancellationToken cancellation = default)
    {
        _source = source;
        Cancellation = cancellation;
        _lines = new LineMap?[source.Overlays.Count + 1];
        _enforced = new BitArray?[source.Overlays.Count + 1];
    }

    public CancellationToken Cancellation { get; }

    public EquatableArray<SpecDiagnostic> Problems => _problems;

    /// <summary>The shared enums that the document's overlays may name.</summary>
    public EquatableArray<EnumDefinition> Enums => _source.Enums;

    public void Report(SpecDiagnosticKind kind, SpecNode node, params string[] arguments) => Report(kind, node.Range, node.Source, arguments);

    public void Report(SpecDiagnosticKind kind, SourceRange range, int source, params string[] arguments)
        => _problems.Add(new SpecDiagnostic(kind, Place(range, source), arguments));

    /// <summary>Marks a keyword as enforced, or as reported by a diagnostic.</summary>
    public void MarkEnforced(SpecNode node) => (_enforced[node.Source] ??= new BitArray(TextOf(node.Source).Length))[node.Range.Start] = true;

    public bool IsEnforced(SpecNode node) => _enforced[node.Source] is { } enforced && enforced[node.Range.Start];

    /// <summary>Reports a keyword that limits values and is not checked, once per document.</summary>
    public void ReportNotEnforced(string keyword, SpecNode node)
    {
        if (_notEnforced.Add(keyword)) Report(SpecDiagnosticKind.ConstraintNotEnforced, node, keyword);
    }

    public SourceLocation Place(SpecNode node) => Place(node.Range, node.Source);

    /// <param name="range">Where in the text.</param>
    /// <param name="source">0 is the document; overlays count from 1.</param>
    public SourceLocation Place(SourceRange range, int source)
    {
        var isOverlay = source > 0 && source <= _source.Overlays.Count;
        var text = TextOf(isOverlay ? source : 0);
        var lines = _lines[isOverlay ? source : 0] ??= new LineMap(text);
        var start = Math.Min(Math.Max(range.Start, 0), text.Length);
        var end = Math.Min(start + Math.Max(range.Length, 0), text.Length);
        var (startLine, startColumn) = lines.Find(start);
        var (endLine, endColumn) = lines.Find(end);
        return new SourceLocation(
            isOverlay ? _source.Overlays[source - 1].Path : _source.Path,
            new SourceRange(start, end - start),
            startLine,
            startColumn,
            endLine,
            endColumn);
    }

    private string TextOf(int source) => source == 0 ? _source.Text : _source.Overlays[source - 1].Text;
}
