using System.Globalization;
using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>Whatever arrives, reading ends with a value or with a <see cref="FalProtocolException"/>.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly byte[] Valid = Encoding.UTF8.GetBytes(
        """
        {"prompt":"a \"b\" \ud83d\ude00 é","duration":"10","guidance":0.25,"seed":1e3,"image_url":"https://x.y/z","mask_urls":["u"],
        "frame_size":{"type":"circle","radius":2.5},"shots":[{"text":"t","seconds":3}],"weights":{"a":1.5},"metadata":[{"a":null}],"loop":false,"more":[true]}
        """);

    [Fact]
    public void An_answer_cut_at_any_byte_is_a_protocol_error_or_whole()
    {
        Assert.Equal("10", FalJson.Read<FalRawResult>(Valid).Json.GetProperty("duration").GetString());
        for (var length = 0; length < Valid.Length; length++)
        {
            var cut = Valid.AsSpan(0, length).ToArray();
            var error = Assert.Throws<FalProtocolException>(() => FalJson.Read<TextToClipRequest>(cut));
            Assert.StartsWith("$", error.JsonPath, StringComparison.Ordinal);
            Assert.Equal(length, error.RawJson.Utf8.Length);
            Assert.Throws<FalProtocolException>(() => FalJson.Read<FalRawResult>(cut));
        }
    }

    [Fact]
    public void An_answer_with_any_byte_changed_is_a_value_or_a_protocol_error()
    {
        byte[] replacements = [0, (byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)',', (byte)':', (byte)'0', (byte)'-',
            (byte)'e', (byte)'n', (byte)' ', 0x80, 0xFF];
        var outcomes = new HashSet<bool>();
        foreach (var replacement in replacements)
        {
            for (var i = 0; i < Valid.Length; i++)
            {
                var changed = (byte[])Valid.Clone();
                changed[i] = replacement;
                outcomes.Add(Survives<TextToClipRequest>(changed));
                outcomes.Add(Survives<TextToClipResult>(changed));
            }
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public void Random_documents_are_read_or_refused()
    {
        var random = new Random(4711);
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var json = Encoding.UTF8.GetBytes(RandomJson.Document(random));
            if (Survives<TextToClipRequest>(json))
                read++;
            Survives<TextToClipResult>(json);
            Survives<TextToClipFrameSize>(json);
        }

        Assert.InRange(read, 100, 9_900);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(4712);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            Survives<TextToClipRequest>(bytes);
            Survives<FalRawResult>(bytes);
        }
    }

    [Fact]
    public void Random_documents_keep_their_meaning_as_raw_results()
    {
        var random = new Random(4713);
        for (var i = 0; i < 5_000; i++)
        {
            // The judge refuses half surrogate pairs, which the reader mends.
            var json = RandomJson.Value(random, 4).Replace("\\ud83d\\n", "\\n", StringComparison.Ordinal);
            var result = FalJson.Read<FalRawResult>(json);
            var again = FalJson.Read<FalRawResult>(FalJson.Write(result));

            Assert.Equal(result, again);
            Assert.Equal(result.GetHashCode(), again.GetHashCode());
            Assert.Equal(JsonSerializer.Serialize(result.Json), JsonSerializer.Serialize(again.Json));
        }
    }

    private static bool Survives<T>(byte[] json)
        where T : class, IFalObject<T>
    {
        try
        {
            var value = FalJson.Read<T>(json);
            // What was read can also be shown, compared and checked.
            Assert.Equal(FalValue.GetHashCode(value), FalValue.GetHashCode(value));
            Assert.NotNull(FalValue.ToString(value));
            value.Check(new FalChecks());
            return true;
        }
        catch (FalProtocolException ex)
        {
            Assert.StartsWith("$", ex.JsonPath, StringComparison.Ordinal);
            return false;
        }
    }

    /// <summary>Documents that look like requests and results, with right and wrong values in every place.</summary>
    private static class RandomJson
    {
        private static readonly string[] Names =
            ["prompt", "duration", "guidance", "seed", "image_url", "mask_urls", "frame_size", "shots", "weights", "metadata", "loop", "clip",
                "frames",
                "url", "fps", "text", "seconds", "width", "height", "radius", "type", "other", "\\u0070rompt", "é"];

        public static string Document(Random random)
        {
            var members = new List<string>();
            if (random.Next(4) > 0)
                members.Add("\"prompt\":\"p\"");
            for (var count = random.Next(5); count > 0; count--)
                members.Add($"\"{Names[random.Next(Names.Length)]}\":{Value(random, 3)}");
            return "{" + string.Join(',', members) + "}";
        }

        public static string Value(Random random, int depth)
        {
            var space = random.Next(8) == 0 ? " \n" : "";
            return space + random.Next(depth > 0 ? 10 : 8) switch
            {
                0 => "null",
                1 => "true",
                2 => random.Next(-10, 100).ToString(CultureInfo.InvariantCulture),
                3 => (random.NextDouble() * 10).ToString("R", CultureInfo.InvariantCulture),
                4 => "1e" + random.Next(-400, 400).ToString(CultureInfo.InvariantCulture),
                5 => "\"text\"",
                6 => "\"\\ud83d" + (random.Next(2) == 0 ? "\\ude00" : "") + "\\n\"",
                7 => "\"" + random.Next(1000).ToString(CultureInfo.InvariantCulture) + "\"",
                8 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))) + "]",
                _ => "{" + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{Value(random, depth - 1)}")) + "}",
            } + space;
        }
    }
}
