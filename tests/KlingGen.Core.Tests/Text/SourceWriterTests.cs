using System.Globalization;
using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class SourceWriterTests
{
    [Fact]
    public void A_block_indents_what_is_inside()
    {
        var writer = new SourceWriter();
        writer.Open("class A");
        writer.Open("void M()");
        writer.Line("return;");
        writer.Close();
        writer.Close(";");

        Assert.Equal("class A\n{\n    void M()\n    {\n        return;\n    }\n};\n", writer.ToString());
    }

    [Fact]
    public void A_block_without_a_header_is_two_braces()
    {
        var writer = new SourceWriter();
        writer.Write("new()");
        writer.Open();
        writer.Line("A = 1,");
        writer.Close(",");

        Assert.Equal("new()\n{\n    A = 1,\n},\n", writer.ToString());
    }

    [Fact]
    public void A_blank_line_comes_once_and_never_at_the_edge_of_a_block()
    {
        var writer = new SourceWriter();
        writer.Line();
        writer.Line("a;");
        writer.Line();
        writer.Line();
        writer.Line("");
        writer.Open("{}");
        writer.Line();
        writer.Line("b;");
        writer.Line();
        writer.Close();
        writer.Line();

        Assert.Equal("a;\n\n{}\n{\n    b;\n}\n", writer.ToString());
    }

    [Fact]
    public void An_empty_block_has_no_blank_line()
    {
        var writer = new SourceWriter();
        writer.Open("class A");
        writer.Line();
        writer.Close();

        Assert.Equal("class A\n{\n}\n", writer.ToString());
    }

    [Fact]
    public void A_line_may_be_written_in_parts()
    {
        var writer = new SourceWriter();
        writer.Indent();
        writer.Write("a");
        writer.Write("");
        writer.Write(" = 1");
        writer.Line(";");
        writer.Write("b");
        writer.Line();
        writer.Line("c");

        Assert.Equal("    a = 1;\n    b\n\n    c\n", writer.ToString());
    }

    [Fact]
    public void Text_of_several_lines_is_indented_line_by_line_and_ends_its_lines_in_one_way()
    {
        var writer = new SourceWriter();
        writer.Open("{");
        writer.Line("one\r\n\r\n\r\n  two\nthree");
        writer.Close();

        Assert.Equal("{\n{\n    one\n\n      two\n    three\n}\n", writer.ToString());
    }

    [Fact]
    public void An_interpolated_string_is_written_like_a_plain_one()
    {
        var writer = new SourceWriter();
        var name = "A";
        writer.Open($"class {name}");
        writer.Write($"int {name}");
        writer.Line($" = {42} + {long.MaxValue};{(string?)null}");
        writer.Close();

        Assert.Equal("class A\n{\n    int A = 42 + 9223372036854775807;\n}\n", writer.ToString());
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void A_number_is_written_the_same_in_every_culture(string culture)
    {
        using var _ = new CultureScope(culture);
        var writer = new SourceWriter();
        writer.Line($"{-1234567}");

        Assert.Equal("-1234567\n", writer.ToString());
    }

    [Fact]
    public void Closing_more_than_was_opened_is_refused()
    {
        var writer = new SourceWriter();
        writer.Open();
        writer.Close();

        Assert.Throws<InvalidOperationException>(() => writer.Close());
    }

    [Fact]
    public void No_line_ends_in_white_space()
    {
        var writer = new SourceWriter();
        var expected = new System.Text.StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            var line = new string((char)('a' + (i % 26)), i);
            writer.Indent();
            writer.Line(line);
            writer.Unindent();
            if (i > 0) expected.Append("    ").Append(line).Append('\n');
        }

        Assert.Equal(expected.ToString(), writer.ToString());
    }

    [Fact]
    public void A_hole_that_is_empty_leaves_no_indent_behind()
    {
        var writer = new SourceWriter();
        writer.Indent();
        writer.Line($"{""}");
        writer.Line("a");

        Assert.Equal("    a\n", writer.ToString());
    }

    [Fact]
    public void A_part_of_a_text_stays_on_its_line()
    {
        var writer = new SourceWriter();
        writer.Indent();
        writer.Write("/// ");
        writer.Write("one two three and whatever else there is to say", 4, 9);
        writer.Line("");

        Assert.Equal("    /// two three\n", writer.ToString());
    }
}
