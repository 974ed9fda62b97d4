using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Tests.Wire;

public sealed class ReaderTests
{
    private const string Full = """
        {
          "prompt": "a \"heron\" at dawn é \ud83d\ude00",
          "duration": "let's_ride",
          "guidance": 0.25,
          "seed": 17454220438242315174,
          "image_url": "https://example.com/a.png",
          "mask_urls": ["https://example.com/1.png", "https://example.com/2.png"],
          "frame_size": {"width": 640, "height": 480},
          "shots": [{"text": "one", "seconds": 3}, {"seconds": 4, "text": "two"}],
          "weights": {"a": 1, "b\n": 0.5},
          "metadata": {"any": [1, {"thing": null}]},
          "loop": true,
          "unknown": {"deep": [[], {}, "x", 1, true, null]}
        }
        """;

    [Fact]
    public void Every_member_of_a_request_is_read()
    {
        var request = FalJson.Read<TextToClipRequest>(Full);

        Assert.Equal("a \"heron\" at dawn é \U0001F600", request.Prompt);
        Assert.Equal(TextToClipDuration.LetsRide, request.Duration);
        Assert.Equal(0.25, request.Guidance);
        Assert.Equal(Int128.Parse("17454220438242315174", null), request.Seed);
        Assert.Equal(FalMedia.FromUrl("https://example.com/a.png"), request.ImageUrl);
        Assert.Equal(["https://example.com/1.png", "https://example.com/2.png"], request.MaskUrls!.Select(url => url.ToString()));
        Assert.True(request.FrameSize!.TryGetRectangle(out var rectangle));
        Assert.Equal(640, rectangle.Width);
        Assert.Equal(["one", "two"], request.Shots!.Select(shot => shot.Text));
        Assert.Equal([3, 4], request.Shots!.Select(shot => shot.Seconds));
        Assert.Equal([KeyValuePair.Create("a", 1.0), KeyValuePair.Create("b\n", 0.5)], request.Weights!);
        Assert.Equal("""{"any": [1, {"thing": null}]}""", request.Metadata!.Value.GetRawText());
        Assert.True(request.Loop);
    }

    [Fact]
    public void Text_bytes_and_memory_read_alike()
    {
        var bytes = Encoding.UTF8.GetBytes(Full);

        Assert.Equal(FalJson.Read<TextToClipRequest>(Full), FalJson.Read<TextToClipRequest>(bytes.AsSpan()));
        Assert.Equal(FalJson.Read<TextToClipRequest>(Full), FalJson.Read<TextToClipRequest>(bytes.AsMemory(), null));
    }

    [Fact]
    public void What_is_written_reads_back_equal()
    {
        var request = FalJson.Read<TextToClipRequest>(Full);

        Assert.Equal(request, FalJson.Read<TextToClipRequest>(FalJson.Write(request)));
        Assert.Equal(request, FalJson.Read<TextToClipRequest>(FalJson.WriteUtf8(request)));
    }

    [Fact]
    public void A_member_that_is_null_counts_as_not_given()
    {
        var request = FalJson.Read<TextToClipRequest>(
            """{"prompt":"p","duration":null,"guidance":null,"seed":null,"image_url":null,"mask_urls":null,"frame_size":null,"shots":"""
                + """null,"weights":null,"metadata":null,"loop":null}""");

        Assert.Equal(new TextToClipRequest { Prompt = "p" }, request);
        Assert.Null(request.Metadata);
    }

    [Fact]
    public void Of_two_members_with_one_name_the_last_counts()
        => Assert.Equal("b", FalJson.Read<TextToClipRequest>("""{"prompt":"a","prompt":"b"}""").Prompt);

    [Fact]
    public void Names_and_words_are_recognised_when_they_are_written_with_escapes()
    {
        var request = FalJson.Read<TextToClipRequest>("""{"pro\u006dpt":"p","dur\u0061tion":"1\u0030","promp":1,"weights":{"\u0061\"":1}}""");

        Assert.Equal("p", request.Prompt);
        Assert.Equal(TextToClipDuration.Duration10, request.Duration);
        Assert.Equal("a\"", Assert.Single(request.Weights!).Key);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"clip":{"url":"u"}}""")];

        Assert.Equal("""{"clip":{"url":"u"}}""", FalJson.Read<TextToClipResult>(marked.AsSpan()).Raw.ToString());
        Assert.Equal("""{"clip":{"url":"u"}}""", FalJson.Read<TextToClipResult>(marked.AsMemory(), null).Raw.ToString());
    }

    [Fact]
    public void Numbers_are_accepted_in_every_form_that_leaves_no_doubt()
    {
        Assert.Equal(5, FalJson.Read<ClipShot>("""{"text":"t","seconds":5.0}""").Seconds);
        Assert.Equal(5, FalJson.Read<ClipShot>("""{"text":"t","seconds":"5"}""").Seconds);
        Assert.Equal(500, FalJson.Read<ClipShot>("""{"text":"t","seconds":5e2}""").Seconds);
        Assert.Equal(12, FalJson.Read<TextToClipResult>("""{"clip":{"url":"u"},"seed":"12"}""").Seed);
        Assert.Equal(12, FalJson.Read<TextToClipResult>("""{"clip":{"url":"u"},"seed":12.00}""").Seed);
        Assert.Equal(0.5, FalJson.Read<TextToClipRequest>("""{"prompt":"p","guidance":"0.5"}""").Guidance);
        Assert.Equal(2, FalJson.Read<TextToClipRequest>("""{"prompt":"p","guidance":2}""").Guidance);
        Assert.Equal(double.PositiveInfinity, FalJson.Read<TextToClipRequest>("""{"prompt":"p","guidance":1e999}""").Guidance);
    }

    [Fact]
    public void Text_that_is_not_valid_unicode_is_mended()
    {
        byte[] broken = [.. "{\"prompt\":\"a"u8, 0xFF, .. "b\"}"u8];

        Assert.Equal("a\uFFFDb", FalJson.Read<TextToClipRequest>(broken).Prompt);
        Assert.Equal("a\uFFFDb\uFFFD\U0001F600", FalJson.Read<TextToClipRequest>("""{"prompt":"a\ud83db\ude00\ud83d\ude00"}""").Prompt);
    }

    [Fact]
    public void Every_escape_of_a_text_is_undone()
        => Assert.Equal("\"\\/\b\f\n\r\té\0", FalJson.Read<TextToClipRequest>("""{"prompt":"\"\\\/\b\f\n\r\t\u00E9\u0000"}""").Prompt);

    [Fact]
    public void The_raw_text_of_a_result_is_kept_byte_for_byte()
    {
        const string json = """{ "clip" : { "url":"u" }, "new": [1.50] }""";

        Assert.Equal(json, FalJson.Read<TextToClipResult>(json).Raw.ToString());
        Assert.Equal(json, FalJson.Read<TextToClipResult>(Encoding.UTF8.GetBytes(json).AsSpan()).Raw.ToString());
        Assert.Equal("1.50", FalJson.Read<TextToClipResult>(json).Raw.ToElement().GetProperty("new")[0].GetRawText());
        Assert.False(FalJson.Read<TextToClipResult>(json).Raw.IsEmpty);
    }

    [Fact]
    public void A_raw_piece_shares_the_memory_of_the_answer()
    {
        var bytes = """{"clip":{"url":"u"}}"""u8.ToArray();

        var raw = FalJson.Read<TextToClipResult>(bytes.AsMemory(), null).Raw;

        Assert.True(raw.Utf8.Span.Overlaps(bytes));
    }

    [Fact]
    public void Raw_json_that_is_empty_says_so()
    {
        Assert.True(default(FalRawJson).IsEmpty);
        Assert.Equal("", default(FalRawJson).ToString());
        Assert.ThrowsAny<JsonException>(() => default(FalRawJson).ToElement());
    }

    [Fact]
    public void A_raw_result_is_any_json()
    {
        foreach (var json in new[] { "{}", "[1,2]", "null", "\"x\"", "1.50", "true", """{"a":{"b":null}}""" })
        {
            var result = FalJson.Read<FalRawResult>(json);
            Assert.Equal(json, result.Json.GetRawText());
            Assert.Equal(json, FalJson.Write(result));
        }

        Assert.Equal("{}", FalJson.Write(new FalRawResult()));
    }

    [Fact]
    public void A_raw_result_has_the_value_semantics_of_its_json()
    {
        var result = FalJson.Read<FalRawResult>("""{"a": 1, "b": [true]}""");
        var same = FalJson.Read<FalRawResult>("""{"b":[true],"a":1}""");
        var checks = new FalChecks();
        checks.Object("x", result);

        Assert.Equal(result, same);
        Assert.Equal(result.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(result, FalJson.Read<FalRawResult>("""{"a":1,"b":[false]}"""));
        Assert.Equal("""{"a":1,"b":[true]}""", result.ToString());
        Assert.Empty(checks.Problems);
    }

    [Fact]
    public void What_is_null_has_no_members_and_no_elements()
    {
        Assert.Equal(false, Probe.Read("null", static (ref FalJsonReader json) => json.StartObject() || json.NextMember()));
        Assert.Equal(false, Probe.Read("null", static (ref FalJsonReader json) => json.StartArray() || json.NextElement()));
        Assert.Equal(3L, Probe.Read("[null,null,3]", static (ref FalJsonReader json) =>
        {
            json.StartArray();
            json.NextElement();
            json.StartObject();
            Assert.False(json.NextMember());
            json.NextElement();
            json.StartArray();
            Assert.False(json.NextElement());
            json.NextElement();
            var last = json.Integer();
            Assert.False(json.NextElement());
            return last;
        }));
    }

    [Fact]
    public void The_kind_of_a_value_is_known_before_it_is_read()
    {
        foreach (var (json, kind) in new[]
        {
            ("null", FalJsonKind.Null), ("true", FalJsonKind.Boolean), ("false", FalJsonKind.Boolean), ("-12", FalJsonKind.Integer),
            ("1.0", FalJsonKind.Number), ("1e2", FalJsonKind.Number), ("1E2", FalJsonKind.Number), ("\"x\"", FalJsonKind.String),
            ("[1]", FalJsonKind.Array), ("{\"a\":1}", FalJsonKind.Object),
        })
        {
            Assert.Equal(kind, Probe.Read(json, static (ref FalJsonReader reader) =>
            {
                var found = reader.Kind;
                reader.Skip();
                return found;
            }));
        }
    }

    [Fact]
    public void Looking_ahead_does_not_move_the_reader()
        => Assert.Equal("""[True,False,False,circle,,{"a":{"type":[1]},"type":"circle","n":5},5]""", Probe.Read(
            """{"a":{"type":[1]},"type":"circle","n":5}""",
            static (ref FalJsonReader json) =>
            {
                var ahead = $"{json.HasMember("type"u8)},{json.HasMember("b"u8)},{json.HasMember("typ"u8)},"
            + $"{json.MemberText("type"u8)},{json.MemberText("n"u8)},{json.Raw()}";
                long? number = null;
                json.StartObject();
                while (json.NextMember())
                {
                    if (json.Is("n"u8))
                        number = json.Integer();
                    else
                        json.Skip();
                }

                return $"[{ahead},{number}]";
            }));

    [Fact]
    public void Looking_ahead_into_what_is_no_object_finds_nothing()
        => Assert.Equal("False,,[1,2]", Probe.Read("[1,2]", static (ref FalJsonReader json) =>
        {
            var ahead = $"{json.HasMember("a"u8)},{json.MemberText("a"u8)},{json.Raw()}";
            json.Skip();
            return ahead;
        }));

    [Fact]
    public void A_null_is_seen_and_then_counts_as_read()
        => Assert.Equal("True,False,1", Probe.Read("[null,1]", static (ref FalJsonReader json) =>
        {
            json.StartArray();
            json.NextElement();
            var first = json.IsNull();
            json.NextElement();
            var second = json.IsNull();
            var number = json.Integer();
            Assert.False(json.NextElement());
            return $"{first},{second},{number}";
        }));

    [Fact]
    public void A_text_that_is_recognised_counts_as_read_and_any_other_does_not()
        => Assert.Equal("False,False,True,y,False,3", Probe.Read("""["\u0078","y",3]""", static (ref FalJsonReader json) =>
        {
            json.StartArray();
            json.NextElement();
            var found = $"{json.TextIs(""u8)},{json.TextIs("xy"u8)},{json.TextIs("x"u8)}";
            json.NextElement();
            found += $",{json.String()}";
            json.NextElement();
            found += $",{json.TextIs("3"u8)},{json.Integer()}";
            json.NextElement();
            return found;
        }));

    [Fact]
    public void A_list_or_map_that_is_null_is_null()
    {
        Assert.Null(Probe.Read("null", static (ref FalJsonReader json) => json.List(static (ref FalJsonReader j) => j.String())));
        Assert.Null(Probe.Read("null", static (ref FalJsonReader json) => json.Map(static (ref FalJsonReader j) => j.String())));
        Assert.Equal("a,,b", Probe.Read("""["a",null,"b"]""", static (ref FalJsonReader json)
            => string.Join(',', json.List(static (ref FalJsonReader j) => j.String())!)));
    }

    [Fact]
    public void Files_keep_where_they_were_read_from()
    {
        var context = new FalReadContext(null, "acme/lumen", "r1");

        var result = FalJson.Read<TextToClipResult>(
            ("""{"clip":{"url":"u","content_type":"video/mp4","file_name":"a.mp4","file_size":5.0,"file_data":"AA==","fps":24},"frames":["""u8
                + """{"url":"v","width":1,"height":2}]}"""u8).ToArray(),
            context);

        Assert.Same(context, result.Clip.Context);
        Assert.Same(context, result.Frames![0].Context);
        Assert.Same(context, (result.Clip with { FileName = "b.mp4" }).Context);
        Assert.Equal(
            """{"clip":{"url":"u","content_type":"video/mp4","file_name":"a.mp4","file_size":5,"file_data":"AA==","fps":24},"frames":["""
                + """{"url":"v","width":1,"height":2}]}""",
            FalJson.Write(result));
    }

    [Fact]
    public void A_plain_file_is_read_whole_and_what_it_does_not_know_passed_over()
    {
        var context = new FalReadContext(null);

        var file = FalJson.Read<FalFile>(
            """{"url":"u","content_type":"audio/mpeg","file_name":"a.mp3","file_size":7,"file_data":"AA==","new":{"url":"v"}}"""u8.ToArray(),
            context);

        Assert.Equal(new FalFile { Url = "u", ContentType = "audio/mpeg", FileName = "a.mp3", FileSize = 7, FileData = "AA==" }, file);
        Assert.Same(context, file.Context);
        Assert.Equal("$.url", Assert.Throws<FalProtocolException>(() => FalJson.Read<FalFile>("""{"file_name":"a"}""")).JsonPath);
        Assert.Equal("$.url", Assert.Throws<FalProtocolException>(() => FalJson.Read<FalImage>("""{"width":1}""")).JsonPath);
    }

    [Fact]
    public void Raw_json_can_be_made_from_text()
    {
        Assert.Equal("[1, 2]", FalRawJson.FromJson("[1, 2]").ToString());
        Assert.Equal(2, FalRawJson.FromJson("[1, 2]").ToElement().GetArrayLength());
        Assert.ThrowsAny<JsonException>(() => FalRawJson.FromJson("[1] 2").ToElement());
        Assert.Throws<ArgumentNullException>(() => FalRawJson.FromJson(null!));
    }

    [Fact]
    public void A_raw_piece_inside_an_answer_is_that_piece_alone()
        => Assert.Equal("""{"b" : [1]}""", Probe.Read("""[ {"b" : [1]} , 2 ]""", static (ref FalJsonReader json) =>
        {
            json.StartArray();
            json.NextElement();
            var raw = json.Raw().ToString();
            json.Skip();
            json.NextElement();
            json.Skip();
            Assert.False(json.NextElement());
            return raw;
        }));
}
