using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace KlingGen.Text;

/// <summary>
/// XML documentation from a document's prose. One of the doors through which its text enters emitted code: markup is escaped, what ends
/// a line in C# becomes white space, invisible characters and those that XML forbids are dropped. Of Markdown it keeps
/// <c>`code`</c>, <c>**bold**</c>, links to the web, lists with bullets, and blank lines between paragraphs.
/// </summary>
internal static class DocComment
{
    /// <summary>Columns, indent included, that a line takes where its words allow.</summary>
    public const int Width = 140;

    /// <summary>How much of a description is kept.</summary>
    public const int MaxLength = 6000;

    private const string Slashes = "/// ";

    private static readonly char[] Markup = ['`', '*', '[', '&', '<', '>'];

    /// <summary>Writes <c>&lt;summary&gt;</c>; <c>false</c> if the text is empty.</summary>
    public static bool Summary(SourceWriter writer, string? text) => Element(writer, "summary", text);

    /// <summary>Writes <c>&lt;remarks&gt;</c>; <c>false</c> if the text is empty.</summary>
    public static bool Remarks(SourceWriter writer, string? text) => Element(writer, "remarks", text);

    /// <summary>Writes any element, which may have attributes; <c>false</c> if the text is empty.</summary>
    public static bool Element(SourceWriter writer, string element, string? text) => ElementXml(writer, element, Xml(text));

    /// <summary>
    /// Writes an element around XML that the caller has composed, with <see cref="Xml"/> and <see cref="Code"/> where
    /// it holds foreign text.
    /// </summary>
    public static bool ElementXml(SourceWriter writer, string element, string xml)
    {
        if (xml.Length == 0) return false;
        var name = ElementName(element);
        var width = Math.Max(40, Width - writer.IndentWidth - Slashes.Length);
        if (xml.IndexOf('\n') < 0 && element.Length + xml.Length + name.Length + "<></>".Length <= width)
        {
            writer.Line($"{Slashes}<{element}>{xml}</{name}>");
            return true;
        }

        writer.Line($"{Slashes}<{element}>");
        foreach (var line in xml.Split('\n')) Wrap(writer, line, width);
        writer.Line($"{Slashes}</{name}>");
        return true;
    }

    /// <summary>The text as the content of an element: one line of XML per block of it.</summary>
    public static string Xml(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text!.Length > MaxLength) text = text.Substring(0, MaxLength) + " …";
        if (DocText.IsParagraph(text)) return Inline(text);
        var blocks = DocText.Read(text);
        if (blocks.Count == 0) return "";
        if (blocks.Count == 1 && !blocks[0].IsItem) return Inline(blocks[0].Text);

        var xml = new StringBuilder();
        var inList = false;
        foreach (var block in blocks)
        {
            if (block.IsItem != inList)
            {
                AppendLine(xml, block.IsItem ? "<list type=\"bullet\">" : "</list>");
                inList = block.IsItem;
            }

            AppendLine(
                xml,
                block.IsItem ? "<item><description>" + Inline(block.Text) + "</description></item>" : "<para>" + Inline(block.Text) + "</para>");
        }

        if (inList) AppendLine(xml, "</list>");
        return xml.ToString();
    }

    /// <summary>A value or a word, set as code. What cannot be seen is dropped; <see cref="Literal.String"/> shows it.</summary>
    public static string Code(string text)
    {
        var clean = DocText.Clean(text);
        if (IsPlain(clean)) return "<c>" + clean + "</c>";
        var xml = new StringBuilder("<c>");
        Escape(xml, clean);
        return xml.Append("</c>").ToString();
    }

    private static void AppendLine(StringBuilder xml, string line)
    {
        if (xml.Length > 0) xml.Append('\n');
        xml.Append(line);
    }

    private static string ElementName(string element)
    {
        var space = element.IndexOf(' ');
        return space < 0 ? element : element.Substring(0, space);
    }

    private static string Inline(string text)
    {
        if (IsPlain(text)) return text;
        var xml = new StringBuilder(text.Length + 16);
        var i = 0;
        while (i < text.Length)
        {
            var next = text[i] switch
            {
                '`' => CodeSpan(xml, text, i),
                '*' => Bold(xml, text, i),
                '[' => Link(xml, text, i),
                _ => i,
            };
            if (next == i) Escape(xml, text[next++]);
            i = next;
        }

        return xml.ToString();
    }

    // Most texts are: nothing to escape, nothing that Markdown might mean.
    private static bool IsPlain(string text) => text.IndexOfAny(Markup) < 0;

    // Each returns where it went on, or where it began if this is not what it looked like.
    private static int CodeSpan(StringBuilder xml, string text, int start)
    {
        var ticks = 1;
        while (start + ticks < text.Length && text[start + ticks] == '`') ticks++;
        var fence = new string('`', ticks);
        var end = text.IndexOf(fence, start + ticks, StringComparison.Ordinal);
        if (end < 0 || text.Substring(start + ticks, end - start - ticks).Trim() is not { Length: > 0 } code) return start;
        xml.Append("<c>");
        Escape(xml, code);
        xml.Append("</c>");
        return end + ticks;
    }

    private static int Bold(StringBuilder xml, string text, int start)
    {
        if (string.CompareOrdinal(text, start, "**", 0, 2) != 0) return start;
        var end = text.IndexOf("**", start + 2, StringComparison.Ordinal);
        if (end < start + 3 || text[start + 2] is ' ' or '*' || text[end - 1] == ' ') return start;
        xml.Append("<b>");
        Escape(xml, text.Substring(start + 2, end - start - 2));
        xml.Append("</b>");
        return end + 2;
    }

    private static int Link(StringBuilder xml, string text, int start)
    {
        var middle = text.IndexOf("](http", start, StringComparison.Ordinal);
        var end = middle < 0 ? -1 : text.IndexOf(')', middle);
        if (end < 0 || middle == start + 1 || text.IndexOf('[', start + 1, middle - start) >= 0) return start;
        var url = text.Substring(middle + 2, end - middle - 2);
        if (url.IndexOf(' ') >= 0 || url.IndexOf('"') >= 0 || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")) return start;
        Escape(xml.Append("<see href=\""), url);
        Escape(xml.Append("\">"), text.Substring(start + 1, middle - start - 1));
        xml.Append("</see>");
        return end + 1;
    }

    private static void Escape(StringBuilder xml, string text)
    {
        foreach (var c in text) Escape(xml, c);
    }

    private static void Escape(StringBuilder xml, char c)
    {
        switch (c)
        {
            case '&': xml.Append("&amp;"); break;
            case '<': xml.Append("&lt;"); break;
            case '>': xml.Append("&gt;"); break;
            default: xml.Append(c); break;
        }
    }

    // Breaks between words, and never inside a tag.
    [MethodImpl(HotLoop.Options)]
    private static void Wrap(SourceWriter writer, string xml, int width)
    {
        var start = 0;
        var lastSpace = -1;
        var inTag = false;
        for (var i = 0; i < xml.Length; i++)
        {
            if (xml[i] == '<') inTag = true;
            else if (xml[i] == '>') inTag = false;
            else if (xml[i] == ' ' && !inTag) lastSpace = i;

            if (i - start >= width && lastSpace > start)
            {
                WriteLine(lastSpace);
                start = lastSpace + 1;
            }
        }

        if (start < xml.Length) WriteLine(xml.Length);

        void WriteLine(int end)
        {
            writer.Write(Slashes);
            writer.Write(xml, start, end - start);
            writer.Line("");
        }
    }
}
