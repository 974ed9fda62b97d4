using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class WriterTests
{
    [Fact]
    public void A_request_is_written_in_the_order_of_its_members_without_white_space()
    {
        var request = new TextToClipRequest
        {
            Prompt = "a heron at dawn",
            Duration = TextToClipDuration.Duration10,
            Guidance = 0.5,
            Seed = 7,
            ImageUrl = "https://example.com/a.png",
            FrameSize = new Rectangle { Width = 640, Height = 480 },
            Loop = true,
        };

        Assert.Equal(
            """{"prompt":"a heron at dawn","duration":"10","guidance":0.5,"seed":7,"image_url":"https://example.com/a.png","frame_size":"""
                + """{"width":640,"height":480},"loop":true}""",
            FalJson.Write(request));
    }

    [Fact]
    public void A_member_that_is_null_is_not_written()
    {
        // Every kind of member, an enum of numbers among them.
        Assert.Equal("""{"prompt":""}""", FalJson.Write(new TextToClipRequest { Prompt = "" }));
    }

    [Fact]
    public void Every_kind_of_member_and_value_finds_its_comma()
    {
        var json = Written(w =>
        {
            w.StartArray();
            w.StartObject();
            w.String("a"u8, "x");
            w.Boolean("b"u8, false);
            w.Integer("c"u8, -3);
            w.Wide("d"u8, Int128.MaxValue);
            w.Number("e"u8, 1.5);
            w.Word("f"u8, JsonEncodedText.Encode("w"));
            w.Json("g"u8, Element("[ 1, null ]"));
            w.Media("h"u8, "https://x.y/z");
            w.Object("i"u8, new Circle { Radius = 1 });
            w.Null("j"u8);
            w.Name("k"u8);
            w.StartArray();
            w.StringValue("x");
            w.StringValue(null);
            w.BooleanValue(true);
            w.IntegerValue(long.MinValue);
            w.WideValue(Int128.MinValue);
            w.WideValue(5);
            w.NumberValue(-0.25);
            w.WordValue(JsonEncodedText.Encode("w"));
            w.WordValue(null);
            w.JsonValue(Element("{}"));
            w.MediaValue("https://x.y/z");
            w.MediaValue(null);
            w.ObjectValue(new Circle { Radius = 2 });
            w.ObjectValue<Circle>(null);
            w.NullValue();
            w.StartArray();
            w.EndArray();
            w.StartObject();
            w.EndObject();
            w.EndArray();
            w.EndObject();
            w.IntegerValue(1);
            w.EndArray();
        });

        Assert.Equal(
            """[{"a":"x","b":false,"c":-3,"d":170141183460469231731687303715884105727,"e":1.5,"f":"w","g":[1,null],"h":"https://x.y/z","""
            + """ "i":{"type":"circle","radius":1},"j":null,"k":["x",null,true,-9223372036854775808,""".TrimStart()
            + """-170141183460469231731687303715884105728,5,-0.25,"w",null,{}"""
            + ""","https://x.y/z",null,{"type":"circle","radius":2},null,null,[],{}]},1]""",
            json);
    }

    [Fact]
    public void Nulls_and_undefined_json_write_nothing()
    {
        var json = Written(w =>
        {
            w.StartObject();
            w.String("a"u8, null);
            w.Boolean("b"u8, null);
            w.Integer("c"u8, null);
            w.Wide("d"u8, null);
            w.Number("e"u8, null);
            w.Word("f"u8, null);
            w.Json("g"u8, null);
            w.Json("g"u8, default(JsonElement));
            w.Media("h"u8, null);
            w.Object<Circle>("i"u8, null);
            w.List<int>("j"u8, null, (j, item) => j.IntegerValue(item));
            w.Map<int>("k"u8, null, (j, item) => j.IntegerValue(item));
            w.Extra(null);
            w.EndObject();
        });

        Assert.Equal("{}", json);
    }

    [Fact]
    public void Json_that_is_null_is_written_as_null()
        => Assert.Equal("""{"g":null}""", Written(w =>
        {
            w.StartObject();
            w.Json("g"u8, Element("null"));
            w.EndObject();
        }));

    [Fact]
    public void Lists_and_maps_are_written_element_by_element()
        => Assert.Equal("""{"l":[1,2],"m":{"a\"b":1,"c":2},"n":[null],"o":[null]}""", Written(w =>
        {
            w.StartObject();
            w.List("l"u8, new[] { 1, 2 }, (j, item) => j.IntegerValue(item));
            w.Map("m"u8, new Dictionary<string, int> { ["a\"b"] = 1, ["c"] = 2 }, (j, item) => j.IntegerValue(item));
            w.List("n"u8, new IReadOnlyList<int>?[] { null }, (j, item) => j.ListValue(item, (k, inner) => k.IntegerValue(inner)));
            w.List("o"u8, new IReadOnlyDictionary<string, int>?[] { null }, (j, item) => j.MapValue(item, (k, inner) => k.IntegerValue(inner)));
            w.EndObject();
        }));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_by_name(double value)
    {
        var error = Assert.Throws<ArgumentException>(() => FalJson.Write(new TextToClipRequest { Prompt = "p", Guidance = value }));

        Assert.StartsWith("'guidance' must be a finite number", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Written(w => w.NumberValue(value)));
    }

    [Fact]
    public void An_element_that_was_never_set_is_refused_as_a_value()
        => Assert.Throws<ArgumentException>(() => Written(w => w.JsonValue(default)));

    [Fact]
    public void Json_from_elsewhere_loses_its_white_space_comments_and_trailing_commas()
    {
        using var lenient = JsonDocument.Parse(
            """{ "a" : [ 1.50, /* two */ 2, ], "\u0062" : "\u00e9\ud83d", "c": { "d": true, }, }""",
            new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        Assert.Equal("{\"a\":[1.50,2],\"b\":\"é\uFFFD\",\"c\":{\"d\":true}}", Written(w => w.JsonValue(lenient.RootElement)));
    }

    [Fact]
    public void Json_whose_text_is_not_utf8_is_mended()
    {
        using var broken = JsonDocument.Parse(new byte[] { (byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"' });

        Assert.Equal("\"a\uFFFDb\"", Written(w => w.JsonValue(broken.RootElement)));
    }

    [Fact]
    public void Nesting_has_no_limit()
    {
        var json = Written(w =>
        {
            for (var i = 0; i < 5000; i++)
                w.StartArray();
            for (var i = 0; i < 5000; i++)
                w.EndArray();
        });

        Assert.Equal(new string('[', 5000) + new string(']', 5000), json);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void The_buffer_grows_to_whatever_is_written(int length)
    {
        foreach (var text in new[] { new string('x', length), new string('é', length), new string('\u0001', length), new string('字', length) })
        {
            using var writer = FalJsonWriter.Rent();
            writer.StartArray();
            writer.StringValue(text);
            writer.WordValue(JsonEncodedText.Encode(new string('y', length)));
            writer.JsonValue(JsonSerializer.SerializeToElement(text));
            writer.EndArray();

            var read = JsonDocument.Parse(writer.Written.ToArray()).RootElement;
            Assert.Equal(text, read[0].GetString());
            Assert.Equal(length, read[1].GetString()!.Length);
            Assert.Equal(text, read[2].GetString());
        }
    }

    [Fact]
    public void Writer_inside_another_has_its_own_output()
    {
        using var outer = FalJsonWriter.Rent();
        outer.StartArray();
        Assert.Equal("\"inner\"", Written(json => json.StringValue("inner")));
        Assert.Equal("7", Written(json => json.IntegerValue(7)));
        outer.StringValue("outer");
        outer.EndArray();

        Assert.Equal("[\"outer\"]", Encoding.UTF8.GetString(outer.Written));
    }

    [Fact]
    public void Writer_disposed_twice_or_in_the_middle_leaves_nothing_to_the_next()
    {
        var broken = FalJsonWriter.Rent();
        broken.StartObject();
        broken.Name("rest"u8);
        ((IDisposable)broken).Dispose();
        ((IDisposable)broken).Dispose();
        using var first = FalJsonWriter.Rent();
        using var second = FalJsonWriter.Rent();
        first.StringValue("1");
        second.StringValue("2");

        Assert.Equal("\"1\"", Encoding.UTF8.GetString(first.Written));
        Assert.Equal("\"2\"", Encoding.UTF8.GetString(second.Written));
    }

    internal static string Written(Action<FalJsonWriter> write)
    {
        using var writer = FalJsonWriter.Rent();
        write(writer);
        return Encoding.UTF8.GetString(writer.Written);
    }

    internal static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
