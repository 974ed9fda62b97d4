using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Analyzers.Tests;

/// <summary>A text in which <c>{|KLG102:1.5|}</c> marks what a diagnostic must underline. Marks may stand inside each other.</summary>
internal sealed partial record Markup(string Text, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<(string Id, TextSpan Span)>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (Opening().Match(marked, i) is { Success: true } opening && opening.Index == i)
            {
                open.Push((opening.Groups[1].Value, text.Length));
                i += opening.Length - 1;
            }
            else if (open.Count > 0 && marked[i] == '|' && i + 1 < marked.Length && marked[i + 1] == '}')
            {
                var (id, start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        if (open.Count > 0) throw new ArgumentException("A mark is not closed.", nameof(marked));
        return new Markup(text.ToString(), expected);
    }

    [GeneratedRegex(@"\{\|([A-Z]+\d+):")]
    private static partial Regex Opening();
}
