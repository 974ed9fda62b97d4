using System.Text.RegularExpressions;
using KlingGen.Analyzers;

namespace KlingGen.Analyzers.Tests.Values;

public class PlainPatternTests
{
    [Theory]
    [InlineData(@"^\w+$")]
    [InlineData(@"^\w$")]
    [InlineData("^[a-z ]*$")]
    [InlineData("^[a-zA-Z0-9_-]{2,4}$")]
    [InlineData("^[-a]{3}$")]
    [InlineData("^[a-]?$")]
    [InlineData("^[+--]{1,}$")]
    [InlineData("^[a-c-e]+$")]
    [InlineData("^[ -~]{0,3}$")]
    [InlineData("^[.$*+?(){}|]+$")]
    public void A_plain_pattern_says_what_an_engine_says(string pattern)
    {
        var plain = PlainPattern.Read(pattern);
        Assert.NotNull(plain);
        var engine = new Regex(pattern, RegexOptions.CultureInvariant);
        var told = 0;
        foreach (var value in Values())
        {
            if (plain.Matches(value) is not { } matches) continue;
            Assert.True(engine.IsMatch(value) == matches, $"{pattern} and '{value}'");
            told++;
        }

        Assert.True(told > 1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^$")]
    [InlineData("^a$")]
    [InlineData("[a-z]+")]
    [InlineData("^[a-z]+")]
    [InlineData("[a-z]+$")]
    [InlineData("^[^a]+$")]
    [InlineData(@"^[\d]+$")]
    [InlineData(@"^\d+$")]
    [InlineData(@"^\W+$")]
    [InlineData("^[]a]+$")]
    [InlineData("^[]$")]
    [InlineData("^[z-a]+$")]
    [InlineData("^[a-z-[aeiou]]+$")]
    [InlineData("^[é]+$")]
    [InlineData("^[a]+?$")]
    [InlineData("^[a]{,5}$")]
    [InlineData("^[a]{5,2}$")]
    [InlineData("^[a]{99999999999}$")]
    [InlineData("^[a]{1,2,3}$")]
    [InlineData(@"^[a]\$")]
    [InlineData("^[a][b]$")]
    [InlineData("^[a|b$")]
    public void Any_other_is_left_to_an_engine(string pattern) => Assert.Null(PlainPattern.Read(pattern));

    [Theory]
    [InlineData("é")]
    [InlineData("a\n")]
    public void What_a_plain_pattern_cannot_tell_is_left_to_an_engine(string value) => Assert.Null(PlainPattern.Read(@"^\w+$")!.Matches(value));

    private static IEnumerable<string> Values()
    {
        yield return "";
        for (var c = '\0'; c <= '\u0100'; c++)
        {
            foreach (var around in (string[])["", "a", "ab", "aaaa", " ", "-", "+,-", "$", "_Z9"])
            {
                yield return around + c;
                yield return c + around;
            }
        }
    }
}
