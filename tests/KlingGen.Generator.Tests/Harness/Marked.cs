using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests;

/// <summary>A text in which « and » stand around what a diagnostic must underline.</summary>
internal sealed record Marked(string Text, int Line, int Column, int EndLine, int EndColumn)
{
    public static Marked Parse(string marked)
    {
        var start = marked.IndexOf('«', StringComparison.Ordinal);
        var end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        if (start < 0 || end < start) throw new ArgumentException("The text needs « and ».", nameof(marked));
        var text = marked.Remove(start, 1).Remove(end, 1);
        var (line, column) = Find(text, start);
        var (endLine, endColumn) = Find(text, end);
        return new Marked(text, line, column, endLine, endColumn);
    }

    /// <summary>Line and column as the compiler prints them, from 1.</summary>
    public static (int Line, int Column, int EndLine, int EndColumn) PlaceOf(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return (span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, span.EndLinePosition.Character
            + 1);
    }

    private static (int Line, int Column) Find(string text, int position)
    {
        var before = text[..position];
        return (before.Count(c => c == '\n') + 1, position - (before.LastIndexOf('\n') + 1) + 1);
    }
}
