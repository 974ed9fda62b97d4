using System.Globalization;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("nul")]
    [InlineData("nulll")]
    [InlineData("True")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{]")]
    [InlineData("{,}")]
    [InlineData("""{"a"}""")]
    [InlineData("""{"a":}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{a:1}""")]
    [InlineData("""{'a':1}""")]
    [InlineData("""{"a":1 "b":2}""")]
    [InlineData("""{"a":1}}""")]
    [InlineData("""{"a":1}]""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\")]
    [InlineData("\"tab\there\"")]
    [InlineData("\"open")]
    [InlineData("// no\n1")]
    [InlineData("/* no */1")]
    [InlineData("\u00a01")]
    public void Reader_refuses_text_that_is_not_json(string json)
    {
        var error = Assert.Throws<FalProtocolException>(() => FalJson.Read<FalRawResult>(json));

        Assert.Contains("the text is not JSON", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => FalRawJson.FromJson(json).ToElement());
    }

    [Fact]
    public void Reader_reads_random_numbers_to_the_bit()
    {
        var random = new Random(817);
        for (var i = 0; i < 5_000; i++)
        {
            var text = random.Next(5) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)).ToString("R", CultureInfo.InvariantCulture),
                1 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
                2 => $"{random.Next(-9999, 9999)}.{random.Next(0, 999999)}",
                3 => $"{random.NextInt64(0, 99_999_999_999_999_999)}.{random.NextInt64(0, 99_999_999)}",
                _ => $"-0.{new string('0', random.Next(20))}{random.Next(1, 999)}",
            };
            if (text.Contains('N', StringComparison.Ordinal) || text.Contains('I', StringComparison.Ordinal))
                continue;
            var element = JsonDocument.Parse(text).RootElement;
            var number = (double)Probe.Read(text, static (ref FalJsonReader json) => json.Number())!;
            Assert.Equal(BitConverter.DoubleToInt64Bits(element.GetDouble()), BitConverter.DoubleToInt64Bits(number));
            if (element.TryGetInt64(out var integer))
                Assert.Equal(integer, Probe.Read(text, static (ref FalJsonReader json) => json.Integer()));
        }

        Assert.True(double.IsNegative((double)Probe.Read("-0", static (ref FalJsonReader json) => json.Number())!));
        Assert.Equal(9007199254740993.0, Probe.Read("9007199254740993", static (ref FalJsonReader json) => json.Number()));
    }
}
