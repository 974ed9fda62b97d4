using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class EscapingTests
{
    // Alone, before and after plain text of every length around the width of a vector.
    private static readonly int[] Paddings = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33];

    [Fact]
    public void Every_code_unit_of_the_basic_plane_survives_in_every_position()
    {
        const int block = 512;
        using var writer = new FalJsonWriter();
        for (var start = 0; start <= 0xFFFF; start += block)
        {
            writer.Clear();
            writer.StartArray();
            for (var unit = start; unit < start + block; unit++)
            {
                foreach (var text in Around((char)unit))
                    writer.StringValue(text);
            }

            writer.EndArray();
            using var read = JsonDocument.Parse(writer.Written.ToArray());
            using var texts = read.RootElement.EnumerateArray().GetEnumerator();
            for (var unit = start; unit < start + block; unit++)
            {
                foreach (var text in Around(char.IsSurrogate((char)unit) ? '\uFFFD' : (char)unit))
                {
                    Assert.True(texts.MoveNext());
                    Assert.True(texts.Current.ValueEquals(text), $"U+{unit:X4}");
                }
            }
        }
    }

    [Fact]
    public void Every_surrogate_pair_of_a_sample_of_the_other_planes_survives()
    {
        using var writer = new FalJsonWriter();
        for (var point = 0x10000; point <= 0x10FFFF; point += 251)
        {
            var text = "x" + char.ConvertFromUtf32(point) + "\n" + char.ConvertFromUtf32(point);
            writer.Clear();
            writer.StringValue(text);

            Assert.Equal(text, JsonDocument.Parse(writer.Written.ToArray()).RootElement.GetString());
        }
    }

    [Fact]
    public void Halves_of_surrogate_pairs_become_the_replacement_character()
    {
        // Not as attribute arguments: metadata cannot hold such texts.
        foreach (var (text, expected) in new[]
        {
            ("\uD83D", "\uFFFD"),
            ("\uDE00", "\uFFFD"),
            ("\uDE00\uD83D", "\uFFFD\uFFFD"),
            ("a\uD83Db", "a\uFFFDb"),
            ("\uD83D\"\uDE00", "\uFFFD\"\uFFFD"),
            ("\uD83D\uD83D\uDE00", "\uFFFD\U0001F600"),
        })
        {
            using var writer = new FalJsonWriter();
            writer.StringValue(text);
            Assert.Equal(expected, JsonDocument.Parse(writer.Written.ToArray()).RootElement.GetString());
        }
    }

    [Fact]
    public void Very_long_texts_are_cut_nowhere()
    {
        for (var length = 16 * 1024 - 3; length < 16 * 1024 + 3; length++)
        {
            foreach (var middle in new[] { "\U0001F600", "\n", "é", "\"x" })
            {
                var text = new string('a', length) + middle + new string('b', 40_000) + middle;
                using var writer = new FalJsonWriter(capacity: 16);
                writer.StringValue(text);

                Assert.Equal(text, JsonDocument.Parse(writer.Written.ToArray()).RootElement.GetString());
            }
        }
    }

    [Fact]
    public void Only_what_json_requires_is_escaped()
    {
        const string text = "<<<voice_1>>> & 'quoted' + /path é 雪 \u007f \u2028 \U0001F600";

        Assert.Equal('"' + text + '"', WriterTests.Written(w => w.StringValue(text)));
        Assert.Equal("\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\"", WriterTests.Written(w => w.StringValue("\"\\\b\t\n\f\r\0\u001f")));
    }

    [Fact]
    public void Random_texts_read_back_as_they_were()
    {
        var random = new Random(20261121);
        char[] alphabet = ['a', 'Z', ' ', '"', '\\', '\n', '\u0001', '\u007f', 'é', '雪', '\uFFFF', '/', '<'];
        using var writer = new FalJsonWriter(capacity: 16);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(80); length > 0; length--)
            {
                // Mostly plain, so that runs of every length occur.
                text.Append(random.Next(12) == 0 ? alphabet[random.Next(alphabet.Length)] : (char)random.Next('a', 'z' + 1));
            }

            writer.Clear();
            writer.StringValue(text.ToString());
            Assert.Equal(text.ToString(), JsonDocument.Parse(writer.Written.ToArray()).RootElement.GetString());
        }
    }

    private static IEnumerable<string> Around(char unit)
    {
        foreach (var padding in Paddings)
        {
            yield return new string('a', padding) + unit;
            yield return unit + new string('b', padding);
            yield return new string('a', padding) + unit + new string('b', padding);
        }
    }
}
