using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>Lines and indentation of a source text.</summary>
internal static class Layout
{
    /// <summary>The line break that the document uses.</summary>
    public static string NewLine(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>Whether nothing but whitespace precedes a position on its line.</summary>
    public static bool StartsLine(SourceText text, int position) => Before(text, position).Trim().Length == 0;

    /// <summary>The text of the line up to a position.</summary>
    public static string Before(SourceText text, int position)
        => text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(position).Start, position));

    /// <summary>The whitespace at the start of a position's line.</summary>
    public static string Indent(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
