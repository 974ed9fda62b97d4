using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>
/// System.Text.Json gives what <see cref="FalJson"/> gives: by the attributes alone, and by the resolver without reflection over members.
/// </summary>
public sealed class SerializerTests
{
    private static readonly JsonSerializerOptions SmallBuffer = new() { DefaultBufferSize = 16 };
    private static readonly JsonSerializerOptions Chain
        = new() { TypeInfoResolverChain = { FalJson.TypeInfoResolver, new DefaultJsonTypeInfoResolver() } };

    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly Dictionary<string, JsonSerializerOptions> Options = new()
    {
        ["attributes"] = new(),
        // The resolver alone: a type that it does not know throws.
        ["resolver"] = new() { TypeInfoResolver = FalJson.TypeInfoResolver },
        ["web"] = new(JsonSerializerDefaults.Web) { WriteIndented = true },
        ["lenient"] = Lenient,
    };

    public static TheoryData<string> Ways => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_gives_the_json_of_FalJson(string way)
    {
        var options = Options[way];
        AssertAlike(new FalFile { Url = "https://x.y/a.mp4?a=1&b=<é雪>", FileSize = 5 }, options);
        AssertAlike(new FalImage { Url = "u", Width = 1, Height = 2 }, options);
        AssertAlike(FalJson.Read<FalRawResult>("""{"seed":17454220438242315174,"a":[1.50,null]}"""), options);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_gives_the_json_of_FalJson_for_emitted_types(string way)
    {
        var options = Options[way];
        var request = new TextToClipRequest
        {
            Prompt = "a \"heron\" <é雪> \U0001F600",
            Duration = TextToClipDuration.LetsRide,
            Guidance = 0.000001,
            Seed = ulong.MaxValue,
            ImageUrl = "https://x.y/z?a=1&b=2",
            FrameSize = new Circle { Radius = 2 },
            Level = TextToClipLevel.Level4,
            Speed = TextToClipSpeed.Speed0_5,
            Weights = new Dictionary<string, double> { ["a+b"] = 0.5 },
            Metadata = WriterTests.Element("""{ "a": 1.50 }"""),
        };
        AssertAlike(request, options);
        AssertAlike(request.FrameSize, options);
        var result = FalJson.Read<TextToClipResult>("""{ "clip": {"url":"u","fps":24}, "mood": "new", "seed": 17454220438242315174, "more": [1] }""");
        Assert.Equal(FalJson.Write(result), JsonSerializer.Serialize(result, options));
        if (options.ReadCommentHandling == JsonCommentHandling.Disallow)
            Assert.Equal(result.Raw.ToString(), JsonSerializer.Deserialize<TextToClipResult>(result.Raw.ToString(), options)!.Raw.ToString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_writes_enums_as_on_the_wire(string way)
    {
        AssertValue("\"let's_ride\"", TextToClipDuration.LetsRide, Options[way]);
        AssertValue("4", TextToClipLevel.Level4, Options[way]);
        AssertValue("0.5", TextToClipSpeed.Speed0_5, Options[way]);
        AssertValue("\"calm\"", TextToClipMood.Calm, Options[way]);
        AssertValue("\"new\"", new TextToClipMood("new"), Options[way]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TextToClipDuration>("\"6\"", Options[way]));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TextToClipDuration>("null", Options[way]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_writes_media_as_their_url(string way)
    {
        var options = Options[way];
        var media = FalMedia.FromUrl("https://x.y/a b?c=<é>");

        Assert.Equal("\"https://x.y/a b?c=<é>\"", JsonSerializer.Serialize(media, options));
        Assert.Equal(media, JsonSerializer.Deserialize<FalMedia>("\"https://x.y/a b?c=<é>\"", options));
        Assert.Null(JsonSerializer.Deserialize<FalMedia>("null", options));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_keeps_raw_json_byte_for_byte(string way)
    {
        var options = Options[way];
        const string json = """{ "a" : [ 1.50, "\ud83d\ude00" ] }""";

        Assert.Equal(json, JsonSerializer.Serialize(FalRawJson.FromJson(json), options));
        Assert.Equal(json, JsonSerializer.Deserialize<FalRawJson>(json, options).ToString());
        Assert.Equal("null", JsonSerializer.Serialize(default(FalRawJson), options));
        Assert.Equal("null", JsonSerializer.Deserialize<FalRawJson>("null", options).ToString());
        Assert.Equal("null", JsonSerializer.Serialize<FalRawJson?>(null, options));
        Assert.Equal("1", JsonSerializer.Serialize<FalRawJson?>(FalRawJson.FromJson("1"), options));
    }

    [Fact]
    public void Write_puts_the_given_string_in_the_place_of_local_media()
    {
        var media = FalMedia.FromBytes(new byte[] { 1 });
        var json = FalJson.Write(new TextToClipRequest { Prompt = "p", ImageUrl = media }, local => local == media ? "https://a.example/1" : "wrong");
        Assert.Equal("https://a.example/1", JsonDocument.Parse(json).RootElement.GetProperty("image_url").GetString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_refuses_local_media_as_FalJson_does(string way)
    {
        var options = Options[way];
        var media = FalMedia.FromFile("car.jpg");
        var expected = Assert.Throws<InvalidOperationException>(() => FalJson.Write(new TextToClipRequest { Prompt = "p", ImageUrl = media }));

        Assert.Equal(expected.Message, Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(media, options)).Message);
        var request = new TextToClipRequest { Prompt = "p", ImageUrl = media };
        Assert.Equal(expected.Message, Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(request, options)).Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_writes_extra_members_as_an_object(string way)
    {
        var options = Options[way];
        var json = JsonSerializer.Serialize(new FalExtra { { "new_flag", true }, { "é", "<é>" } }, options);

        Assert.Equal("""{"new_flag":true,"é":"<é>"}""", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<FalExtra>(json, options), options));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_writes_job_tokens_as_their_text(string way)
    {
        var options = Options[way];
        var token = new FalJobToken("acme/lumen/v1/text-to-clip", "abc-1", new Uri("https://queue.fal.run"), null, null, null, null);

        Assert.Equal($"\"{token}\"", JsonSerializer.Serialize(token, options));
        Assert.Equal(token.ToString(), JsonSerializer.Deserialize<FalJobToken>($"\"{token}\"", options)!.ToString());
        Assert.Null(JsonSerializer.Deserialize<FalJobToken>("null", options));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Serializer_gives_the_json_of_FalJson_for_webhooks(string way)
    {
        var webhook = FalJson.Read<FalWebhook>("""{"request_id":"r1","status":"OK","payload":{"a":1.50}}""");
        var json = JsonSerializer.Serialize(webhook, Options[way]);

        Assert.Equal(FalJson.Write(webhook), json);
        Assert.Equal(json, FalJson.Write(JsonSerializer.Deserialize<FalWebhook>(json, Options[way])!));
    }

    [Fact]
    public void Serializer_reports_bad_json_as_its_own_exception_with_the_path()
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FalFile[]>("""[{"url":"u"},{"url":5}]"""));

        Assert.Equal("$[1]", error.Path);
        Assert.Equal("$.url", Assert.IsType<FalProtocolException>(error.InnerException).JsonPath);
    }

    [Fact]
    public void Serializer_reads_comments_and_trailing_commas_where_its_options_allow_them()
    {
        Assert.Equal(new FalFile { Url = "u" }, JsonSerializer.Deserialize<FalFile>("""{ /* where */ "url": "u", }""", Lenient));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FalFile>("""{ /* where */ "url": "u" }"""));
    }

    [Fact]
    public async Task Serializer_reads_values_that_span_buffers()
    {
        var files = Enumerable.Range(0, 500).Select(i => new FalFile { Url = "https://x.y/" + i, FileName = new string('n', i) }).ToList();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"[{string.Join(',', files.Select(FalJson.Write))}]"));

        Assert.Equal(files, await JsonSerializer.DeserializeAsync<List<FalFile>>(stream, SmallBuffer));
    }

    [Fact]
    public void Resolver_leaves_other_types_to_the_next_one_of_the_chain()
    {
        Assert.Null(FalJson.TypeInfoResolver.GetTypeInfo(typeof(string), Chain));
        Assert.Null(FalJson.TypeInfoResolver.GetTypeInfo(typeof(int?), Chain));

        var own = new { File = new FalFile { Url = "u" }, Media = (FalMedia)"m" };
        Assert.Equal("""{"File":{"url":"u"},"Media":"m"}""", JsonSerializer.Serialize(own, Chain));
    }

    [Fact]
    public void Context_of_the_users_own_serializes_types_of_a_referenced_assembly()
    {
        var order = new ReferencedOrder(
            new FalFile { Url = "u" }, "https://x.y/z",
            FalRawJson.FromJson("""{ "a": 1 }"""), new() { { "level", 3 } }, new() { Url = "i", Width = 1 });

        var json = JsonSerializer.Serialize(order, ReferencedOrderContext.Default.ReferencedOrder);

        Assert.Equal("""{"File":{"url":"u"},"Media":"https://x.y/z","Raw":{ "a": 1 },"Extra":{"level":3},"Image":{"url":"i","width":1}}""", json);
        var again = JsonSerializer.Deserialize(json, ReferencedOrderContext.Default.ReferencedOrder)!;
        Assert.Equal((order.File, order.Media, order.Image), (again.File, again.Media, again.Image));
    }

    private static void AssertValue<T>(string json, T value, JsonSerializerOptions options)
        where T : struct
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, options));
        Assert.Equal(json, JsonSerializer.Serialize<T?>(value, options));
        Assert.Equal("null", JsonSerializer.Serialize<T?>(null, options));
        Assert.Equal(value, JsonSerializer.Deserialize<T>(json, options));
        Assert.Equal(value, JsonSerializer.Deserialize<T?>(json, options));
    }

    private static void AssertAlike<T>(T value, JsonSerializerOptions options)
        where T : class, IFalObject<T>
    {
        Assert.Equal(FalJson.Write(value), JsonSerializer.Serialize(value, options));
        Assert.Equal(FalJson.WriteUtf8(value), JsonSerializer.SerializeToUtf8Bytes(value, options));
        Assert.Equal(value, JsonSerializer.Deserialize<T>(FalJson.Write(value), options));
        Assert.Null(JsonSerializer.Deserialize<T>("null", options));
    }
}

internal sealed record ReferencedOrder(FalFile File, FalMedia Media, FalRawJson Raw, FalExtra Extra, FalImage Image);

[System.Text.Json.Serialization.JsonSerializable(typeof(ReferencedOrder))]
internal sealed partial class ReferencedOrderContext : System.Text.Json.Serialization.JsonSerializerContext;
