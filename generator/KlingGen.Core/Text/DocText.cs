using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace KlingGen.Text;

/// <summary>One paragraph or one item of a list, on one line.</summary>
internal sealed record DocBlock(string Text, bool IsItem);

/// <summary>Cuts a document's prose into paragraphs and items, free of everything that a page does not show.</summary>
internal static class DocText
{
    public static List<DocBlock> Read(string text)
    {
        var blocks = new List<DocBlock>();
        var current = new StringBuilder();
        var isItem = false;
        var start = 0;
        while (start <= text.Length)
        {
            var end = start;
            while (end < text.Length && !Characters.EndsLine(text[end])) end++;
            Add(Clean(text.Substring(start, end - start)));
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }

        Flush();
        return blocks;

        void Add(string line)
        {
            if (line.Length == 0)
            {
                Flush();
            }
            else if (IsItem(line))
            {
                Flush();
                current.Append(line, 2, line.Length - 2);
                isItem = true;
            }
            else
            {
                if (current.Length > 0) current.Append(' ');
                current.Append(line);
            }
        }

        void Flush()
        {
            if (current.Length > 0) blocks.Add(new(current.ToString(), isItem));
            current.Clear();
            isItem = false;
        }
    }

    /// <summary>One line: white space in single blanks, none at the ends, nothing hidden, no half of a surrogate pair.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text)) return text;
        var line = new StringBuilder(text.Length);
        var gap = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Characters.IsSpace(c))
            {
                gap = true;
                continue;
            }

            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair ? IsHiddenPair(c, text[i + 1]) : char.IsSurrogate(c) || Characters.IsHidden(c))
            {
                if (isPair) i++;
                continue;
            }

            if (gap && line.Length > 0) line.Append(' ');
            gap = false;
            line.Append(c);
            if (isPair) line.Append(text[++i]);
        }

        return line.ToString();
    }

    /// <summary>Whether the text is a single paragraph without changes, as most are.</summary>
    public static bool IsParagraph(string text) => IsClean(text) && !IsItem(text);

    private static bool IsItem(string line) => line.Length > 2 && line[0] is '-' or '*' or '•' && line[1] == ' ';

    // Printable ASCII on one line, with single blanks inside.
    [MethodImpl(HotLoop.Options)]
    private static bool IsClean(string text)
    {
        var wasSpace = true;
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && wasSpace)) return false;
            wasSpace = c == ' ';
        }

        return !wasSpace || text.Length == 0;
    }

    // Tags and variation selectors (plane 14), private planes, musical and shorthand controls, noncharacters.
    private static bool IsHiddenPair(char high, char low)
        => char.ConvertToUtf32(high, low) is >= 0xE0000 or (>= 0x1D173 and <= 0x1D17A) or (>= 0x1BCA0 and <= 0x1BCA3) or 0x110BD or 0x110CD
                or (>= 0x13430 and <= 0x1343F)
            || (char.ConvertToUtf32(high, low) & 0xFFFE) == 0xFFFE;
}
