using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class EscapingTests
{
    private static readonly int[] Paddings = [0, 1, 33];

    [Fact]
    public void Every_code_unit_of_the_basic_plane_survives_in_every_position()
    {
        const int block = 512;
        for (var start = 0; start <= 0xFFFF; start += block)
        {
            using var writer = FalJsonWriter.Rent();
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
        for (var point = 0x10000; point <= 0x10FFFF; point += 251)
        {
            var text = "x" + char.ConvertFromUtf32(point) + "\n" + char.ConvertFromUtf32(point);
            using var writer = FalJsonWriter.Rent();
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
            using var writer = FalJsonWriter.Rent();
            writer.StringValue(text);
            Assert.Equal(expected, JsonDocument.Parse(writer.Written.ToArray()).RootElement.GetString());
        }
    }

    [Fact]
    public void Writer_does_not_escape_text_of_the_basic_plane()
    {
        const string text = "<<<voice_1>>> & 'quoted' + /path é 雪山上的日出，镜头缓缓推进。";

        Assert.Equal('"' + text + '"', WriterTests.Written(w => w.StringValue(text)));
        Assert.Equal("{\"雪\":\"雪\"}", WriterTests.Written(w =>
        {
            w.StartObject();
            w.String("雪"u8, "雪");
            w.EndObject();
        }));
    }

    [Fact]
    public void Writer_may_escape_characters_of_the_other_planes()
        => Assert.Equal("a \U0001F600 b", JsonDocument.Parse(WriterTests.Written(w => w.StringValue("a \U0001F600 b"))).RootElement.GetString());

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
