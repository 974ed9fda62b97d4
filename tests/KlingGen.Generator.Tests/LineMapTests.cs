using KlingGen.Json;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Generator.Tests;

/// <summary>A place in a document has to be the one that an editor shows, and editors count lines as the compiler's texts do.</summary>
public class LineMapTests
{
    [Fact]
    public void Every_character_ends_a_line_where_the_compiler_says_so()
    {
        for (var c = 0; c <= char.MaxValue; c++) Check("a" + (char)c + "b");
    }

    [Fact]
    public void Line_ends_in_any_order_are_counted_as_the_compiler_counts_them()
    {
        const string alphabet = "ab\r\n\u0085\u2028\u2029\v\f\u001C\uFEFF";
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
            Check(new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)])]));
    }

    private static void Check(string text)
    {
        var expected = SourceText.From(text).Lines;
        var actual = new LineMap(text);
        Assert.Equal(expected.Count, actual.Count);
        for (var offset = 0; offset <= text.Length; offset++)
        {
            var position = expected.GetLinePosition(offset);
            Assert.Equal((position.Line, position.Character), actual.Find(offset));
        }
    }
}
