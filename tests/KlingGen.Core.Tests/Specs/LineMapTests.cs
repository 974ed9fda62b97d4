using KlingGen.Json;

namespace KlingGen.Core.Tests;

public class LineMapTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("\n", 2)]
    [InlineData("\r", 2)]
    [InlineData("\r\n", 2)]
    [InlineData("\n\r", 3)]
    [InlineData("\r\r\n\n", 4)]
    [InlineData("a\u0085b\u2028c\u2029d", 4)]
    [InlineData("a\vb\fc\u001Cd", 1)]
    public void Lines_end_where_the_compiler_ends_them(string text, int count) => Assert.Equal(count, new LineMap(text).Count);

    [Fact]
    public void A_place_is_a_line_and_a_column_that_begin_at_zero()
    {
        var map = new LineMap("ab\r\nc\n\rd\u2028\U0001F600e");

        Assert.Equal(
            [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (2, 0), (3, 0), (3, 1), (4, 0), (4, 1), (4, 2), (4, 3)],
            Enumerable.Range(0, 13).Select(map.Find));
    }

    [Fact]
    public void A_place_outside_the_text_counts_as_its_nearest_end()
    {
        var map = new LineMap("a\nbc");
        Assert.Equal((0, 0), map.Find(-1));
        Assert.Equal((1, 2), map.Find(4));
        Assert.Equal((1, 2), map.Find(int.MaxValue));
        Assert.Equal((0, 0), new LineMap("").Find(5));
    }
}
