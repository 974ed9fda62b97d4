using KlingGen.Text;

namespace KlingGen.Core.Tests.Text;

public class DocTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("One line, as it is.")]
    [InlineData("a -b *c `d`")]
    [InlineData("-5 to 5")]
    public void A_paragraph_is_what_reading_would_not_change(string text)
    {
        Assert.True(DocText.IsParagraph(text));
        Assert.Equal(text, string.Concat(DocText.Read(text).Select(block => block.Text)));
        Assert.Equal(text, DocText.Clean(text));
    }

    [Theory]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData(" ")]
    [InlineData("a  b")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("caf\u00E9")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u007Fb")]
    [InlineData("- item")]
    [InlineData("* item")]
    public void Anything_else_is_read(string text) => Assert.False(DocText.IsParagraph(text));

    [Theory]
    [InlineData("  a  b ", "a b")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("\uD83D\uDE00 x", "\uD83D\uDE00 x")]
    public void Cleaning_leaves_single_blanks_and_nothing_hidden(string text, string expected) => Assert.Equal(expected, DocText.Clean(text));

    [Fact]
    public void Half_of_a_pair_is_dropped() => Assert.Equal("x", DocText.Clean("x" + '\uD83D'));
}
