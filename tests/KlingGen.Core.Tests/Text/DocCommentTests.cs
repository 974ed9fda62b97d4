using System.Text;
using System.Xml;
using System.Xml.Linq;
using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class DocCommentTests
{
    private static readonly string[] Known = ["summary", "remarks", "para", "list", "item", "description", "c", "b", "see"];

    [Fact]
    public void A_short_text_takes_one_line()
        => Assert.Equal("/// <summary>What the clip should show.</summary>\n", Summary("What the clip should show."));

    [Fact]
    public void Markup_is_escaped_and_quotes_stay_readable()
        => Assert.Equal("/// <summary>a &lt; b &amp;&amp; c &gt; \"d\" &amp;amp;</summary>\n", Summary("a < b && c > \"d\" &amp;"));

    [Fact]
    public void Line_breaks_inside_a_paragraph_become_blanks()
        => Assert.Equal("/// <summary>one two three four five six</summary>\n", Summary("  one\r\ntwo\n three\u0085four\u2028five\u2029six  "));

    [Fact]
    public void Blank_lines_separate_paragraphs()
        => Assert.Equal("/// <summary>\n/// <para>One.</para>\n/// <para>Two.</para>\n/// </summary>\n", Summary("One.\n \t\n\nTwo.\n"));

    [Fact]
    public void Lines_with_bullets_become_a_list()
        => Assert.Equal(
            "/// <summary>\n/// <para>Limits:</para>\n/// <list type=\"bullet\">\n/// <item><description>Format: WAV, and what goes "
                + "on</description></item>\n"
                + "/// <item><description>Size: 15 MB</description></item>\n/// </list>\n/// <para>End.</para>\n/// </summary>\n",
            Summary("Limits:\n- Format: WAV,\n  and what goes on\n* Size: 15 MB\n\nEnd."));

    [Theory]
    [InlineData("use `a < b` here", "use <c>a &lt; b</c> here")]
    [InlineData("``a ` b``", "<c>a ` b</c>")]
    [InlineData("an `open end", "an `open end")]
    [InlineData("` `", "` `")]
    [InlineData("**must** be 8", "<b>must</b> be 8")]
    [InlineData("2 ** 3 ** 4", "2 ** 3 ** 4")]
    [InlineData("****", "****")]
    [InlineData("see [the docs](https://example.com/a?b=1&c=2).", "see <see href=\"https://example.com/a?b=1&amp;c=2\">the docs</see>.")]
    [InlineData("[x](javascript:alert(1))", "[x](javascript:alert(1))")]
    [InlineData("[x](http://a\"><b>)", "[x](http://a\"&gt;&lt;b&gt;)")]
    [InlineData("[](https://example.com)", "[](https://example.com)")]
    [InlineData("[a] [b](https://example.com)", "[a] <see href=\"https://example.com\">b</see>")]
    [InlineData("[x](https://example.com", "[x](https://example.com")]
    public void Some_markdown_is_kept(string text, string expected) => Assert.Equal(expected, DocComment.Xml(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t\u2028 ")]
    [InlineData("\u202E\u200B\0")]
    public void A_text_that_says_nothing_writes_nothing(string? text)
    {
        var writer = new SourceWriter();
        Assert.False(DocComment.Summary(writer, text));
        Assert.False(DocComment.Remarks(writer, text));
        Assert.Equal("", writer.ToString());
    }

    [Fact]
    public void Every_code_unit_stays_inside_the_comment_and_reads_back()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = "a" + (char)c + "b";
            var content = Content(Summary(text));
            var expected = Characters.IsSpace((char)c) ? "a b" : Characters.IsHidden((char)c) || char.IsSurrogate((char)c) ? "ab" : text;
            if (content != expected) Assert.Fail($"U+{c:X4} came back as {content}");
        }
    }

    [Fact]
    public void Every_payload_stays_inside_the_comment()
    {
        foreach (var payload in CSharpText.Payloads)
        {
            foreach (var text in (string[])[payload, "a" + payload + "b", payload + payload, "`" + payload + "`", "**" + payload + "**", "- "
                + payload, "[" + payload + "](https://example.com/" + payload + ")"])
                Content(Summary(text));
        }
    }

    [Fact]
    public void Characters_beyond_the_first_plane_stay_and_hidden_ones_go()
    {
        Assert.Equal("a\U0001F600b", Content(Summary("a\U0001F600b")));
        Assert.Equal("ab", Content(Summary("a\U000E0041b")));
        Assert.Equal("ab", Content(Summary("a\U0010FFFFb")));
        Assert.Equal("ab", Content(Summary("a\uD800b")));
    }

    [Fact]
    public void Long_text_is_wrapped_between_words_and_never_inside_a_tag()
    {
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(i => i % 9 == 0 ? "[the docs](https://example.com/" + i + ")" : "word" + i));
        var writer = new SourceWriter();
        writer.Indent();
        DocComment.Remarks(writer, text);

        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, DocComment.Width));
        Assert.All(lines, line => Assert.Equal(line.Count(c => c == '<'), line.Count(c => c == '>')));
        Assert.Equal("    /// <remarks>", lines[0]);
        Assert.Equal("    /// </remarks>", lines[^1]);
        Assert.Equal(string.Concat(text.Where(c => c != '[')).Replace("](", "#", StringComparison.Ordinal).Split('#').Length,
            Content(writer.ToString()).Split("the docs").Length);
    }

    [Fact]
    public void A_word_that_is_too_long_for_a_line_has_one_of_its_own()
    {
        var word = new string('a', 500);
        var lines = Summary("before " + word + " after").TrimEnd('\n').Split('\n');
        Assert.Equal(["/// <summary>", "/// before", "/// " + word, "/// after", "/// </summary>"], lines);
    }

    [Fact]
    public void A_megabyte_is_cut()
    {
        var content = Content(Summary(new string('a', 1_000_000)));
        Assert.Equal(DocComment.MaxLength + 2, content.Length);
        Assert.EndsWith(" …", content, StringComparison.Ordinal);
        Assert.InRange(Content(Summary(string.Concat(Enumerable.Repeat("`**[](", 200_000)))).Length, 1, DocComment.MaxLength + 2);
    }

    [Fact]
    public void An_element_may_have_attributes_and_trusted_markup_is_taken_as_it_is()
    {
        var writer = new SourceWriter();
        DocComment.Element(writer, "param name=\"x\"", "A <value>.");
        DocComment.ElementXml(writer, "remarks", "Default: <see cref=\"A.B\"/>, written " + DocComment.Code("\"5\" & <6>") + ".");

        Assert.Equal(
            "/// <param name=\"x\">A &lt;value&gt;.</param>\n/// <remarks>Default: <see cref=\"A.B\"/>, written <c>\"5\" &amp; "
                + "&lt;6&gt;</c>.</remarks>\n",
            writer.ToString());
    }

    private static string Summary(string text)
    {
        var writer = new SourceWriter();
        DocComment.Summary(writer, text);
        return writer.ToString();
    }

    // What a compiler makes of it: every line a comment, the XML well formed, its text.
    private static string Content(string comment)
    {
        if (comment.Length == 0) return "";
        Assert.False(comment.AsSpan().ContainsAny("\r\u0085\u2028\u2029"));
        var xml = new StringBuilder();
        foreach (var line in comment.TrimEnd('\n').Split('\n'))
        {
            var trimmed = line.TrimStart(' ');
            Assert.StartsWith("/// ", trimmed, StringComparison.Ordinal);
            xml.Append(trimmed, 4, trimmed.Length - 4).Append('\n');
        }

        using var reader = XmlReader.Create(new StringReader(xml.ToString()),
            new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        var element = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        foreach (var part in element.DescendantsAndSelf()) Assert.Contains(part.Name.LocalName, Known);
        return element.Value.Trim().Replace('\n', ' ');
    }
}
