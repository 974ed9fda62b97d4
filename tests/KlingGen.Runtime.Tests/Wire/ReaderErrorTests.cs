using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class ReaderErrorTests
{
    [Theory]
    [InlineData("""{"prompt":5}""", "$.prompt", "expected a string, found the number 5")]
    [InlineData("""{"prompt":"p","guidance":"half"}""", "$.guidance", "expected a number, found the string 'half'")]
    [InlineData("""{"prompt":"p","guidance":true}""", "$.guidance", "expected a number, found true")]
    [InlineData("""{"prompt":"p","loop":0}""", "$.loop", "expected true or false, found the number 0")]
    [InlineData("""{"prompt":"p","seed":1.5}""", "$.seed", "expected a 128-bit integer, found the number 1.5")]
    [InlineData("""{"prompt":"p","seed":[1]}""", "$.seed", "expected a 128-bit integer, found an array")]
    [InlineData("""{"prompt":"p","shots":{}}""", "$.shots", "expected an array, found an object")]
    [InlineData("""{"prompt":"p","shots":[{"text":"t","seconds":1},{"text":"t"}]}""", "$.shots[1].seconds", "it is missing")]
    [InlineData(
        """{"prompt":"p","shots":[{"text":"t","seconds":1},{"text":{},"seconds":1}]}""",
        "$.shots[1].text",
        "expected a string, found an object")]
    [InlineData(
        """{"prompt":"p","shots":[{"text":"t","seconds":3000000000}]}""",
        "$.shots[0].seconds",
        "expected a 32-bit integer, found the number 3000000000")]
    [InlineData("""{"prompt":"p","shots":[null]}""", "$.shots[0]", "an element must not be null")]
    [InlineData("""{"prompt":"p","shots":[[]]}""", "$.shots[0]", "expected an object, found an array")]
    [InlineData("""{"prompt":"p","weights":{"a":1,"it's":null}}""", "$.weights['it\\'s']", "an element must not be null")]
    [InlineData("""{"prompt":"p","weights":{"a":1,"":"x"}}""", "$.weights['']", "expected a number, found the string 'x'")]
    [InlineData("""{"prompt":"p","weights":{"3d":false}}""", "$.weights['3d']", "expected a number, found false")]
    [InlineData("""{"x":[[1,{"y":[]}],2],"prompt":{}}""", "$.prompt", "expected a string, found an object")]
    [InlineData("""{"frame_size":{"type":"circle","radius":null},"prompt":"p"}""", "$.frame_size.radius", "it is missing")]
    [InlineData("""{"frame_size":[1,2.5],"prompt":"p"}""", "$.frame_size[1]", "expected a 64-bit integer, found the number 2.5")]
    [InlineData("""{"duration":"5"}""", "$.prompt", "it is missing")]
    [InlineData("{}", "$.prompt", "it is missing")]
    [InlineData("null", "$", "expected an object, found null")]
    [InlineData("[]", "$", "expected an object, found an array")]
    [InlineData("\"x\"", "$", "expected an object, found the string 'x'")]
    public void A_surprise_is_told_with_its_path_and_what_was_found(string json, string path, string what)
    {
        var error = Assert.Throws<FalProtocolException>(() => FalJson.Read<TextToClipRequest>(json));

        Assert.Equal(path, error.JsonPath);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(json, error.RawJson.ToString());
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("   ", "$")]
    [InlineData("<html>Bad gateway</html>", "$")]
    [InlineData("{", "$")]
    [InlineData("""{"prompt":"p",}""", "$.prompt")]
    [InlineData("""{"prompt":"p" "duration":"5"}""", "$.prompt")]
    [InlineData("""{"shots":[{"text":"t","seconds":01}]}""", "$.shots[0].seconds")]
    [InlineData("""{"shots":[{"text":"t","seconds":1},{"text":nul}]}""", "$.shots[1].text")]
    [InlineData("""{"weights":{"a":NaN}}""", "$.weights.a")]
    [InlineData("""{"prompt":"p" /* why */}""", "$.prompt")]
    [InlineData("{\"prompt\":\"a\nb\"}", "$.prompt")]
    [InlineData("""{"prompt":"\x"}""", "$.prompt")]
    [InlineData("""{"prompt":"p"}}""", "$")]
    [InlineData("""{"prompt":"p"} 5""", "$")]
    public void What_is_not_json_is_told_with_the_place_where_it_breaks(string json, string path)
    {
        var error = Assert.Throws<FalProtocolException>(() => FalJson.Read<TextToClipRequest>(json));

        Assert.Equal(path, error.JsonPath);
        Assert.Contains("the text is not JSON", error.Message, StringComparison.Ordinal);
        Assert.Equal(json, error.RawJson.ToString());
    }

    [Fact]
    public void Every_kind_of_value_refuses_every_other_kind()
    {
        (string Wanted, FalReadItem<object?> Read, string Accepts)[] reads =
        [
            ("a string", static (ref FalJsonReader json) => json.String(), "s"),
            ("a string", static (ref FalJsonReader json) => json.Media(), "s"),
            ("true or false", static (ref FalJsonReader json) => json.Boolean(), "b"),
            ("a 32-bit integer", static (ref FalJsonReader json) => json.Int32(), "i"),
            ("a 64-bit integer", static (ref FalJsonReader json) => json.Integer(), "i"),
            ("a 128-bit integer", static (ref FalJsonReader json) => json.Wide(), "i"),
            ("a number", static (ref FalJsonReader json) => json.Number(), "in"),
            ("an object", static (ref FalJsonReader json) => json.StartObject(), "o"),
            ("an array", static (ref FalJsonReader json) => json.StartArray(), "a"),
        ];
        (string Json, char Kind)[] values
            = [("\"x\"", 's'), ("true", 'b'), ("false", 'b'), ("5", 'i'), ("5.5", 'n'), ("{\"x\":1}", 'o'), ("[1]", 'a')];
        foreach (var (wanted, read, accepts) in reads)
        {
            foreach (var (json, kind) in values)
            {
                if (accepts.Contains(kind, StringComparison.Ordinal))
                    continue;
                var error = Assert.Throws<FalProtocolException>(() => Probe.Read(json, read));
                Assert.Contains("expected " + wanted, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_integer_beyond_its_type_is_refused_and_at_its_edge_accepted()
    {
        Assert.Equal(int.MaxValue, Probe.Read("2147483647", static (ref FalJsonReader json) => json.Int32()));
        Assert.Throws<FalProtocolException>(() => Probe.Read("2147483648", static (ref FalJsonReader json) => json.Int32()));
        Assert.Equal(int.MinValue, Probe.Read("-2147483648.0", static (ref FalJsonReader json) => json.Int32()));
        Assert.Throws<FalProtocolException>(() => Probe.Read("\"-2147483649\"", static (ref FalJsonReader json) => json.Int32()));
        Assert.Equal(long.MaxValue, Probe.Read("9223372036854775807", static (ref FalJsonReader json) => json.Integer()));
        Assert.Throws<FalProtocolException>(() => Probe.Read("9223372036854775808", static (ref FalJsonReader json) => json.Integer()));
        Assert.Equal(Int128.MaxValue, Probe.Read("170141183460469231731687303715884105727", static (ref FalJsonReader json) => json.Wide()));
        Assert.Throws<FalProtocolException>(
            () => Probe.Read("170141183460469231731687303715884105728", static (ref FalJsonReader json) => json.Wide()));
    }

    [Fact]
    public void The_error_says_whose_answer_it_was()
    {
        var error = Assert.Throws<FalProtocolException>(
            () => FalJson.Read<ClipShot>("{}"u8.ToArray(), new FalReadContext(null, "acme/lumen/v1/text-to-clip", "r1")));

        Assert.Equal("acme/lumen/v1/text-to-clip", error.EndpointId);
        Assert.Equal("r1", error.RequestId);
    }

    [Fact]
    public void A_long_text_is_not_repeated_in_the_message()
    {
        var error = Assert.Throws<FalProtocolException>(
            () => FalJson.Read<TextToClipRequest>($$"""{"prompt":"p","guidance":"{{new string('x', 10_000)}}"}"""));

        Assert.True(error.Message.Length < 300);
        Assert.Equal(10_000, error.RawJson.ToElement().GetProperty("guidance").GetString()!.Length);
    }

    [Fact]
    public void A_word_that_an_enum_does_not_have_can_be_told()
    {
        var error = Assert.Throws<FalProtocolException>(() => Probe.Read("[\"6\"]", static (ref FalJsonReader json) =>
        {
            json.StartArray();
            json.NextElement();
            throw json.UnknownWord("ClipDuration");
        }));

        Assert.Equal("$[0]", error.JsonPath);
        Assert.Contains("the string '6' is not a value of ClipDuration", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "null is not a value of ClipDuration",
            Assert.Throws<FalProtocolException>(() => Probe.Read("null", static (ref FalJsonReader json) => throw json.UnknownWord("ClipDuration")))
                .Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_read_to_its_end_does_not_pass_for_one()
    {
        var error = Assert.Throws<FalProtocolException>(() => Probe.Read("[1,2]", static (ref FalJsonReader json) => json.StartArray()));

        Assert.Equal("$[0]", error.JsonPath);
    }

    [Fact]
    public void Nesting_is_accepted_to_256_levels_and_refused_beyond()
    {
        Assert.Equal(256, Nested(256).RootLength());
        var error = Assert.Throws<FalProtocolException>(() => Nested(257));
        Assert.Contains("the text is not JSON", error.Message, StringComparison.Ordinal);
        Assert.Throws<FalProtocolException>(
            () => FalJson.Read<TextToClipRequest>($$"""{"skipped":{{new string('[', 300)}}{{new string(']', 300)}}}"""));

        static FalRawResult Nested(int depth) => FalJson.Read<FalRawResult>(new string('[', depth) + new string(']', depth));
    }

    [Fact]
    public void Reading_and_writing_nothing_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => FalJson.Read<ClipShot>((string)null!));
        Assert.Throws<ArgumentNullException>(() => FalJson.Write<ClipShot>(null!));
        Assert.Throws<ArgumentNullException>(() => FalJson.WriteUtf8<ClipShot>(null!));
    }
}

internal static class RawResultDepth
{
    public static int RootLength(this FalRawResult result)
    {
        var depth = 1;
        for (var element = result.Json; element.GetArrayLength() > 0; element = element[0])
            depth++;
        return depth;
    }
}
