using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.CodeFixes;

/// <summary>Edits that add members to an initializer and remove them, with the comments that are theirs.</summary>
internal static class InitializerEdits
{
    /// <summary>The assignment of a member, if there is one.</summary>
    public static AssignmentExpressionSyntax? Find(InitializerExpressionSyntax initializer, string name)
        => initializer.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(member => member.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name);

    /// <summary>Removes members: their commas, the comments on their lines, and nothing of their neighbours.</summary>
    public static IEnumerable<TextChange> Remove(SourceText text, InitializerExpressionSyntax initializer, ICollection<ExpressionSyntax> removed)
    {
        var members = initializer.Expressions;
        var changes = new List<TextChange>();
        for (var i = 0; i < members.Count; i++)
        {
            if (!removed.Contains(members[i])) continue;
            var last = i;
            while (last + 1 < members.Count && removed.Contains(members[last + 1])) last++;
            RemoveRun(changes, text, initializer, i, last);
            i = last;
        }

        return changes;
    }

    /// <summary>Members on lines of their own go with their lines; others with their commas and the space up to their neighbour.</summary>
    private static void RemoveRun(List<TextChange> changes, SourceText text, InitializerExpressionSyntax initializer, int first, int last)
    {
        var members = initializer.Expressions;
        var hasComma = last < members.SeparatorCount;
        var end = hasComma ? members.GetSeparator(last).Span.End : members[last].Span.End;
        var start = members[first].SpanStart;
        var line = text.Lines.GetLineFromPosition(end);
        var isWhole = Layout.StartsLine(text, start) && IsLineEnd(initializer, end, line);
        if (!hasComma && first > 0)
        {
            // The comma before goes as well, and on the same line the space behind it.
            var comma = members.GetSeparator(first - 1).Span;
            var between = text.ToString(TextSpan.FromBounds(comma.End, start));
            if (!isWhole && between.Trim().Length == 0 && between.IndexOf('\n') < 0) start = comma.Start;
            else changes.Add(new TextChange(comma, ""));
        }

        if (isWhole)
        {
            for (var i = first; i <= last; i++)
            {
                var own = i < members.SeparatorCount ? members.GetSeparator(i).Span.End : members[i].Span.End;
                changes.Add(new TextChange(TextSpan.FromBounds(
                    i == first ? text.Lines.GetLineFromPosition(members[i].SpanStart).Start : changes[changes.Count - 1].Span.End,
                    text.Lines.GetLineFromPosition(own).EndIncludingLineBreak), ""));
            }

            return;
        }

        if (!hasComma && first == 0)
        {
            while (start > initializer.OpenBraceToken.Span.End && char.IsWhiteSpace(text[start - 1])) start--;
        }
        else
        {
            while (hasComma && end < line.End && char.IsWhiteSpace(text[end])) end++;
        }

        changes.Add(new TextChange(TextSpan.FromBounds(start, end), ""));
    }

    /// <summary>Nothing but a comment follows on the line.</summary>
    private static bool IsLineEnd(InitializerExpressionSyntax initializer, int end, TextLine line)
    {
        foreach (var token in initializer.DescendantTokens())
        {
            if (token.SpanStart >= end) return token.SpanStart > line.End;
        }

        return true;
    }

    /// <summary>
    /// Adds members behind the others: on lines of their own if the last one has one, with a comma at the end if it has one. One that is there
    /// but null gets the value.
    /// </summary>
    /// <param name="text">The document's text.</param>
    /// <param name="request">An object creation or a <c>with</c>.</param>
    /// <param name="added">Names and values.</param>
    public static IEnumerable<TextChange> Add(SourceText text, ExpressionSyntax request, IReadOnlyList<(string Name, string Value)> added)
    {
        var initializer = FindInitializer(request);
        var changes = new List<TextChange>();
        var fresh = new List<string>();
        foreach (var (name, value) in added)
        {
            if (initializer is not null && Find(initializer, name) is { } given) changes.Add(FixContext.Replace(given.Right, value));
            else fresh.Add(Identifiers.Escape(name) + " = " + value);
        }

        if (fresh.Count > 0) changes.Add(initializer is null ? WithBraces(request, fresh) : Insert(text, initializer, fresh));
        return changes;
    }

    private static TextChange WithBraces(ExpressionSyntax request, List<string> members)
        => new(new TextSpan(request.Span.End, 0), " { " + string.Join(", ", members) + " }");

    private static TextChange Insert(SourceText text, InitializerExpressionSyntax initializer, List<string> members)
    {
        var list = initializer.Expressions;
        var open = initializer.OpenBraceToken;
        if (list.Count == 0)
        {
            var isOpen = open.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            if (!isOpen)
                return new TextChange(TextSpan.FromBounds(open.Span.End, initializer.CloseBraceToken.SpanStart),
                    " " + string.Join(", ", members) + " ");
            var indent = Layout.Indent(text, initializer.CloseBraceToken.SpanStart) + "    ";
            var line = string.Concat(members.Select(member => Layout.NewLine(text) + indent + member + ","));
            return new TextChange(new TextSpan(text.Lines.GetLineFromPosition(open.SpanStart).End, 0), line);
        }

        var last = list[list.Count - 1];
        var hasComma = list.SeparatorCount == list.Count;
        var separator = Layout.StartsLine(text, last.SpanStart) ? Layout.NewLine(text) + Layout.Indent(text, last.SpanStart) : " ";

        // Behind the comma, or behind the comment on its line, which belongs to the member before.
        if (hasComma)
        {
            var end = list.GetSeparator(list.Count - 1).Span.End;
            if (separator != " ") end = LineEnd(text, initializer, end);
            return new TextChange(new TextSpan(end, 0), string.Concat(members.Select(member => separator + member + ",")));
        }

        var rest = text.ToString(TextSpan.FromBounds(last.Span.End, LineEnd(text, initializer, last.Span.End)));
        var inserted = string.Concat(members.Select((member, i) => (i == 0 ? "" : ",") + separator + member));
        return separator == " " || rest.Trim().Length == 0
            ? new TextChange(new TextSpan(last.Span.End, 0), "," + inserted)
            : new TextChange(new TextSpan(last.Span.End, rest.Length), "," + rest + inserted);
    }

    /// <summary>The end of the line, or the start of the next token if that comes first.</summary>
    private static int LineEnd(SourceText text, InitializerExpressionSyntax initializer, int position)
    {
        var end = text.Lines.GetLineFromPosition(position).End;
        foreach (var token in initializer.DescendantTokens())
        {
            if (token.SpanStart >= position && token.SpanStart < end) return position;
        }

        return end;
    }

    private static InitializerExpressionSyntax? FindInitializer(ExpressionSyntax request) => request switch
    {
        BaseObjectCreationExpressionSyntax creation => creation.Initializer,
        WithExpressionSyntax with => with.Initializer,
        _ => null,
    };
}
