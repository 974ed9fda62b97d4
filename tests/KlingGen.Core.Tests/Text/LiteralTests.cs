using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class LiteralTests
{
    [Fact]
    public void A_string_literal_has_the_value_of_its_text_for_every_code_unit()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            // A hexadecimal digit follows: an escape of variable length would swallow it.
            var text = "a" + (char)c + "7";
            Assert.Equal(text, CSharpText.Unquote(Literal.String(text)));
        }
    }

    [Fact]
    public void A_string_literal_holds_nothing_that_a_page_does_not_show_in_its_order()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var shown in Literal.String(((char)c).ToString()))
            {
                Assert.False(
                    CharUnicodeInfo.GetUnicodeCategory(shown) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.NonSpacingMark || (shown != ' ' && char.IsWhiteSpace(shown)),
                    $"U+{c:X4} is written with U+{(int)shown:X4}");
            }
        }
    }

    [Fact]
    public void Characters_beyond_the_first_plane_are_written_as_one_escape()
    {
        Assert.Equal("\"\\U0001F600!\"", Literal.String("\U0001F600!"));
        for (var plane = 1; plane <= 16; plane++)
        {
            for (var offset = 0; offset < 0x10000; offset += 257)
            {
                var text = char.ConvertFromUtf32((plane << 16) + offset);
                Assert.Equal(text, CSharpText.Unquote(Literal.String(text)));
            }
        }
    }

    [Theory]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData("", "\"\"")]
    [InlineData("say \"hi\"\\", "\"say \\\"hi\\\"\\\\\"")]
    [InlineData("a\r\n\tb", "\"a\\r\\n\\tb\"")]
    [InlineData("\u00001", "\"\\u00001\"")]
    [InlineData("Zürich 北京 東京 서울 Київ 5 €", "\"Zürich 北京 東京 서울 Київ 5 €\"")]
    [InlineData("\u2028\u2029\u0085", "\"\\u2028\\u2029\\u0085\"")]
    [InlineData("\u202Eevil\u200B\uFEFF", "\"\\u202Eevil\\u200B\\uFEFF\"")]
    [InlineData("שלום", "\"\\u05E9\\u05DC\\u05D5\\u05DD\"")]
    public void Letters_stay_readable_and_the_rest_is_escaped(string text, string expected) => Assert.Equal(expected, Literal.String(text));

    [Fact]
    public void Lone_surrogates_keep_their_value_in_a_string() => Assert.Equal("\"\\uD800x\\uDC00\\uD800\"", Literal.String("\uD800x\uDC00\uD800"));

    [Fact]
    public void Every_payload_stays_inside_its_literal()
    {
        foreach (var payload in CSharpText.Payloads) Assert.Equal(payload, CSharpText.Unquote(Literal.String(payload)));
    }

    [Fact]
    public void A_missing_string_is_null()
    {
        Assert.Equal("null", Literal.StringOrNull(null));
        Assert.Equal("\"\"", Literal.StringOrNull(""));
    }

    [Fact]
    public void A_character_literal_has_the_value_of_its_character()
    {
        for (var c = 0; c <= char.MaxValue; c++) Assert.Equal(((char)c).ToString(), CSharpText.Unquote(Literal.Char((char)c), '\''));
    }

    [Fact]
    public void Utf8_literal_has_the_value_unescaped()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var text = "a" + (char)c + "b";
            var utf8 = Literal.Utf8(text);
            Assert.EndsWith("u8", utf8, StringComparison.Ordinal);
            Assert.Equal(char.IsSurrogate((char)c) ? "a\uFFFDb" : text, CSharpText.Unquote(utf8[..^2]));
        }

        Assert.Equal("\"a\\\"b\"u8", Literal.Utf8("a\"b"));
        foreach (var payload in CSharpText.Payloads)
            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(payload)), CSharpText.Unquote(Literal.Utf8(payload)[..^2]));
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("\uDC00\uD800")]
    [InlineData("a\uD83D")]
    public void Lone_surrogates_do_not_reach_a_utf8_literal(string text)
    {
        Assert.DoesNotContain("\\uD", Literal.Utf8(text), StringComparison.Ordinal);
        Assert.Equal(Literal.Utf8(text.Replace('\uD800', '\uFFFD').Replace('\uDC00', '\uFFFD').Replace('\uD83D', '\uFFFD')), Literal.Utf8(text));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1")]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1e21, "1E+21")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.PositiveInfinity, "double.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    public void A_double_is_written_short(double value, string expected) => Assert.Equal(expected, Literal.Number(value));

    [Fact]
    public void Every_double_reads_back_as_itself()
    {
        var random = new Random(20261121);
        var bytes = new byte[8];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            var value = BitConverter.ToDouble(bytes);
            if (double.IsNaN(value) || double.IsInfinity(value)) continue;
            var text = Literal.Number(value);
            Assert.Equal(value, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            Assert.Matches("^-?[0-9]+(\\.[0-9]+)?(E[+-][0-9]+)?$", text);
        }
    }

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(-5L, "-5")]
    [InlineData(2147483647L, "2147483647")]
    [InlineData(-2147483648L, "-2147483648")]
    [InlineData(2147483648L, "2147483648L")]
    [InlineData(-2147483649L, "-2147483649L")]
    [InlineData(long.MaxValue, "9223372036854775807L")]
    [InlineData(long.MinValue, "long.MinValue")]
    public void An_integer_has_the_type_that_holds_it(long value, string expected)
    {
        Assert.Equal(expected, Literal.Number(value));
        Assert.Equal(expected, Literal.Number(value.ToString(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("9223372036854775808", "9223372036854775808UL")]
    [InlineData("18446744073709551615", "18446744073709551615UL")]
    [InlineData("170141183460469231731687303715884105727", "global::System.Int128.MaxValue")]
    [InlineData("170141183460469231731687303715884105728", "global::System.Int128.MaxValue")]
    [InlineData("-170141183460469231731687303715884105728", "global::System.Int128.MinValue")]
    [InlineData("-99999999999999999999999999999999999999999999", "global::System.Int128.MinValue")]
    public void An_integer_beyond_long_has_a_wider_type_and_none_is_wider_than_Int128(string digits, string expected)
        => Assert.Equal(expected, Literal.Number(digits));

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    [InlineData("-18446744073709551616")]
    [InlineData("170141183460469231731687303715884105726")]
    [InlineData("-170141183460469231731687303715884105727")]
    [InlineData("-1180591620717411303425")]
    public void An_integer_beyond_ulong_is_made_of_two_halves(string digits)
    {
        var parts = Regex.Match(Literal.Number(digits), "^new global::System\\.Int128\\(0x([0-9A-F]+)UL, 0x([0-9A-F]+)UL\\)$");
        Assert.True(parts.Success);
        Assert.Equal(
            BigInteger.Parse(digits, CultureInfo.InvariantCulture),
            new Int128(ulong.Parse(parts.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                ulong.Parse(parts.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    public void Numbers_do_not_depend_on_the_culture(string culture)
    {
        using var _ = new CultureScope(culture);
        Assert.Equal("-1234.5", Literal.Number(-1234.5));
        Assert.Equal("-1234567L", Literal.Number(-1234567L * 10000) is var far ? far.Replace("0000L", "L", StringComparison.Ordinal) : "");
        Assert.Equal("-7", Literal.Number("-7"));
        Assert.Equal("-7", Literal.Digits(-7));
    }
}
