using System.Globalization;
using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>The reader's own scanner against the one of System.Text.Json.</summary>
public sealed class GrammarTests
{
    [Fact]
    public void Short_texts_over_the_alphabet_of_json_are_accepted_and_refused_alike()
    {
        const string alphabet = "{}[]:,\"\\/ \n\t-+0123456789.eEtruefalsn\u0001\u0000xé";
        var random = new Random(815);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 9); length > 0; length--)
                text.Append(alphabet[random.Next(alphabet.Length)]);
            if (AssertAlike(Encoding.UTF8.GetBytes(text.ToString())))
                accepted++;
        }

        Assert.True(accepted > 300, accepted.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Documents_with_random_faults_are_accepted_and_refused_alike()
    {
        byte[] document = Encoding.UTF8.GetBytes(
            """{"a":[1,-2.50,3e10,4E-2,0,-0,true,false,null,"","x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 and sixteen more"],"b":{"c":{},"d":[[],[{}]]}, "e" : [ 1 , 2 ] }""");
        byte[] bytes = [0, 1, 0x1F, 0x7F, 0x80, 0xC3, 0xFF, .. " \n\t\r{}[]:,\"\\/-+.0159eEtfnuxab"u8];
        var random = new Random(816);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var faulty = new List<byte>(document);
            for (var faults = random.Next(1, 3); faults > 0; faults--)
            {
                var at = random.Next(faulty.Count);
                switch (random.Next(4))
                {
                    case 0:
                        faulty.RemoveAt(at);
                        break;
                    case 1:
                        faulty.Insert(at, bytes[random.Next(bytes.Length)]);
                        break;
                    case 2:
                        faulty[at] = bytes[random.Next(bytes.Length)];
                        break;
                    default:
                        faulty.RemoveRange(at, faulty.Count - at);
                        break;
                }

                if (faulty.Count == 0)
                    break;
            }

            if (AssertAlike([.. faulty]))
                accepted++;
        }

        Assert.InRange(accepted, 500, 19_000);
    }

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
    public void What_json_does_not_allow_is_refused(string json)
        => Assert.False(AssertAlike(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Texts_of_every_length_end_where_they_should()
    {
        for (var length = 0; length < 70; length++)
        {
            foreach (var last in new[] { "", "\\n", "\\\"", "\\\\", "\\u0041", "é" })
            {
                var json = $"[\"{new string('a', length)}{last}\",\"b\"]";
                var expected = JsonDocument.Parse(json).RootElement[0].GetString();
                Assert.Equal(expected + "|b", Probe.Read(json, static (ref FalJsonReader reader)
                    => string.Join('|', reader.List(static (ref FalJsonReader item) => item.String())!)));
            }
        }
    }

    [Fact]
    public void Random_numbers_are_read_to_the_bit()
    {
        var random = new Random(817);
        for (var i = 0; i < 100_000; i++)
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

        Assert.Equal(-0.0, Probe.Read("-0.0", static (ref FalJsonReader json) => json.Number()));
        Assert.True(double.IsNegative((double)Probe.Read("-0", static (ref FalJsonReader json) => json.Number())!));
        Assert.Equal(9007199254740993.0, Probe.Read("9007199254740993", static (ref FalJsonReader json) => json.Number()));
    }

    /// <summary>Whether both accept the text; fails if they disagree.</summary>
    private static bool AssertAlike(byte[] json)
    {
        bool expected;
        try
        {
            var judge = new Utf8JsonReader(json, new() { MaxDepth = 256 });
            while (judge.Read())
            {
            }

            expected = true;
        }
        catch (JsonException)
        {
            expected = false;
        }

        var accepted = true;
        try
        {
            FalJson.Read<Skipped>(json);
        }
        catch (FalProtocolException)
        {
            accepted = false;
        }

        Assert.True(expected == accepted, Encoding.UTF8.GetString(json));
        return accepted;
    }

    private sealed class Skipped : IFalObject<Skipped>
    {
        static Skipped IFalObject<Skipped>.Read(ref FalJsonReader json)
        {
            json.Skip();
            return new();
        }

        void IFalObject<Skipped>.Write(FalJsonWriter json) => json.NullValue();
    }
}
