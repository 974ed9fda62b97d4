using System.Globalization;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class NumberTests
{
    public static TheoryData<string> Cultures => ["", "de-DE", "ar-SA", "tr-TR", "fi-FI", "fa-IR", "hi-IN"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Numbers_are_written_and_read_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(
                "[-1234567,-1234567.5,-1.5E-300,-170141183460469231731687303715884105728,0.1234567890123]",
                WriterTests.Written(w =>
                {
                    w.StartArray();
                    w.IntegerValue(-1234567);
                    w.NumberValue(-1234567.5);
                    w.NumberValue(-1.5e-300);
                    w.WideValue(Int128.MinValue);
                    w.NumberValue(0.1234567890123);
                    w.EndArray();
                }));
            var read = FalJson.Read<TextToClipRequest>("""{"prompt":"p","guidance":"-1.5","seed":"-12"}""");
            Assert.Equal(-1.5, read.Guidance);
            Assert.Equal(-12, read.Seed);
            var checks = new FalChecks();
            checks.Number("guidance", -1234.5, min: 0.25);
            checks.Integer("seed", -1234, min: 1000);
            checks.Defined("duration", (TextToClipDuration)(-99), new FalEnumTable<TextToClipDuration>("5", "10"));
            Assert.Equal(
                ["'guidance' must be at least 0.25, not -1234.5", "'seed' must be at least 1000, not -1234",
                    "'duration' must be one of '5' or '10', not (TextToClipDuration)-99; the nearest is '5'"],
                checks.Problems.Select(problem => problem.Message));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Random_doubles_round_trip_bit_for_bit()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
                AssertRoundTrip(value);
        }
    }

    [Fact]
    public void Random_decimals_round_trip_in_the_shortest_form()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var scale = Math.Pow(10, random.Next(0, 9));
            var value = random.NextInt64(-10_000_000_000, 10_000_000_000) / scale;
            var text = AssertRoundTrip(value);
            var shortest = value.ToString("R", CultureInfo.InvariantCulture);
            if (!shortest.Contains('E', StringComparison.Ordinal))
                Assert.Equal(shortest, text);
        }
    }

    [Fact]
    public void Numbers_have_the_text_that_the_base_library_gives_a_double()
    {
        var random = new Random(3);
        for (var exponent = -7; exponent <= 18; exponent++)
        {
            for (var i = 0; i < 2000; i++)
            {
                // One to 17 significant digits, and the doubles beside that number.
                var value = Math.Round(random.NextDouble() * Math.Pow(10, random.Next(0, 9)), random.Next(0, 9)) * Math.Pow(10, exponent);
                foreach (var near in new[] { value, -value, Math.BitIncrement(value), Math.BitDecrement(value), Math.Pow(10, exponent) })
                    Assert.Equal(JsonSerializer.Serialize(near), WriterTests.Written(w => w.NumberValue(near)));
            }
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(0.5, "0.5")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(0.000001, "1E-06")]
    [InlineData(1000000, "1000000")]
    [InlineData(999999999.999999, "999999999.999999")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    public void Known_doubles_have_known_texts(double value, string expected)
        => Assert.Equal(expected, AssertRoundTrip(value));

    [Fact]
    public void Integers_of_every_size_are_written_as_they_are()
    {
        foreach (var value in new[] {
            0,
            1,
            -1,
            long.MaxValue,
            long.MinValue,
            (Int128)long.MaxValue + 1,
            (Int128)long.MinValue - 1,
            ulong.MaxValue,
            Int128.MaxValue,
            Int128.MinValue })
        {
            var text = WriterTests.Written(w => w.WideValue(value));
            Assert.Equal(value.ToString(CultureInfo.InvariantCulture), text);
            Assert.Equal(value, FalJson.Read<TextToClipRequest>($$"""{"prompt":"p","seed":{{text}}}""").Seed);
            Assert.Equal(value, FalJson.Read<TextToClipRequest>($$"""{"prompt":"p","seed":"{{text}}"}""").Seed);
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("-0", 0)]
    [InlineData("5.0", 5)]
    [InlineData("5.000", 5)]
    [InlineData("-5.0", -5)]
    [InlineData("5e0", 5)]
    [InlineData("5E+2", 500)]
    [InlineData("50e-1", 5)]
    [InlineData("1.25e2", 125)]
    [InlineData("0.5e1", 5)]
    [InlineData("0e999999999999", 0)]
    [InlineData("0e99999", 0)]
    [InlineData("0.0e-99999", 0)]
    [InlineData("5.5", null)]
    [InlineData("5e-1", null)]
    [InlineData("1e39", null)]
    [InlineData("1e2000000000", null)]
    [InlineData("1e-2000000000", null)]
    [InlineData("170141183460469231731687303715884105728", null)]
    [InlineData("-170141183460469231731687303715884105729", null)]
    [InlineData("999999999999999999999999999999999999999999", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData(" 5", null)]
    [InlineData("5a", null)]
    [InlineData("five", null)]
    [InlineData(".5", null)]
    [InlineData("0.00000000000000000000000000000000000000001", null)]
    [InlineData("5e", null)]
    [InlineData("5.x", null)]
    public void An_integer_is_read_exactly_however_it_is_written(string text, int? expected)
    {
        // In a string, so that the reader's grammar does not judge first.
        var json = JsonSerializer.Serialize(text);
        if (expected is null)
            Assert.Throws<FalProtocolException>(() => Probe.Read(json, static (ref FalJsonReader reader) => reader.Wide()));
        else
            Assert.Equal((Int128)expected.Value, Probe.Read(json, static (ref FalJsonReader reader) => reader.Wide()));
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("-1e3", -1000.0)]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("1,5", null)]
    [InlineData("", null)]
    [InlineData("half", null)]
    public void A_number_in_a_text_is_read_with_the_words_of_other_languages(string text, double? expected)
    {
        var json = JsonSerializer.Serialize(text);
        if (expected is null)
            Assert.Throws<FalProtocolException>(() => Probe.Read(json, static (ref FalJsonReader reader) => reader.Number()));
        else
            Assert.Equal(expected.Value, Probe.Read(json, static (ref FalJsonReader reader) => reader.Number()));
    }

    private static string AssertRoundTrip(double value)
    {
        var text = WriterTests.Written(w => w.NumberValue(value));
        var read = JsonDocument.Parse(text).RootElement.GetDouble();
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
        return text;
    }
}
