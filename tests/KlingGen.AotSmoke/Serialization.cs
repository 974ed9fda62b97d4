using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fal;
using Fal.KlingVideo;
using Fal.Wire;

namespace KlingGen.AotSmoke;

/// <summary>A type of the app's own around emitted types of this same project, whose members the serializer's generator cannot see.</summary>
internal sealed record ClipOrder(string Id, TextToClipRequest Request);

/// <summary>A type of the app's own around emitted types of a referenced project.</summary>
internal sealed record VideoOrder(string Id, TextToVideoRequest Request, Duration5Or10? Length, IReadOnlyList<TextToVideoRequest> Others);

[JsonSerializable(typeof(ClipOrder))]
internal sealed partial class ClipOrderContext : JsonSerializerContext;

[JsonSerializable(typeof(VideoOrder))]
internal sealed partial class VideoOrderContext : JsonSerializerContext;

/// <summary>System.Text.Json as native code, without reflection: byte for byte what <see cref="FalJson"/> writes.</summary>
internal static class Serialization
{
    private static readonly JsonSerializerOptions Options
        = new() { TypeInfoResolverChain = { FalJson.TypeInfoResolver, ClipOrderContext.Default, VideoOrderContext.Default } };

    public static void Check()
    {
        Expect.That(!JsonSerializer.IsReflectionEnabledByDefault, "reflection-based serialization is off");
        var request = new TextToClipRequest
        {
            Prompt = "Snow \u2013 \"quoted\" <\u00e9\u96ea> \ud83d\ude00",
            Duration = TextToClipDuration.LetsRide,
            Guidance = 0.000001,
            Seed = ulong.MaxValue,
            ImageUrl = "https://example.com/car.jpg?a=1&b=2",
            FrameSize = new Circle { Radius = 2 },
            Level = TextToClipLevel.Level4,
            Speed = TextToClipSpeed.Speed0_5,
            Shots = [new() { Text = "one", Seconds = 3 }],
            Weights = new Dictionary<string, double> { ["a+b"] = 0.5 },
            Extra = new() { { "new_flag", true }, { "\u00e9", "<\u00e9>" } },
        };
        Alike(request);
        Expect.That(Again(request).Extra!.ToString() == request.Extra!.ToString(), "Extra survives the way to JSON and back");
        Alike(request.FrameSize!);
        Alike(FalJson.Read<TextToClipResult>("""{ "clip": {"url":"u","fps":24}, "mood": "new", "seed": 17454220438242315174, "more": [1] }"""));
        Alike(new FalFile { Url = "https://example.com/a.mp4?a=1&b=<\u00e9>", FileSize = 5 });
        Alike(new FalImage { Url = "u", Width = 1, Height = 2 });

        Gives(TextToClipDuration.LetsRide, "\"let's_ride\"");
        Gives<TextToClipDuration?>(null, "null");
        Gives(TextToClipLevel.Level4, "4");
        Gives(TextToClipSpeed.Speed0_5, "0.5");
        Gives(new TextToClipMood("new"), "\"new\"");
        Gives<TextToClipMood?>(TextToClipMood.Calm, "\"calm\"");
        Gives(Duration5Or10.Duration10, "\"10\"");
        Gives(FalMedia.FromUrl("https://example.com/a b?c=<\u00e9>"), "\"https://example.com/a b?c=<\u00e9>\"");
        Gives(new FalExtra { { "level", 3 }, { "\u00e9", "<\u00e9>" } }, "{\"level\":3,\"\u00e9\":\"<\u00e9>\"}");
        const string raw = """{ "a" : [ 1.50, "\ud83d\ude00" ] }""";
        Gives(FalRawJson.FromJson(raw), raw);
        Gives<FalRawJson?>(null, "null");
        Expect.Throws<InvalidOperationException>(() => Write(request with { ImageUrl = FalMedia.FromFile("car.jpg") }));

        var order = new ClipOrder("a-1", request);
        var json = Write(order);
        var text = FalJson.Write(request);
        Expect.That(json == $$"""{"Id":"a-1","Request":{{text}}}""", "a context of the same project takes emitted types from the chain");
        Expect.That(Read<ClipOrder>(json) == order, "and reads them");

        var video = new TextToVideoRequest { Prompt = "A heron.", Duration = Duration5Or10.Duration10, Extra = new() { { "level", 3 } } };
        var purchase = new VideoOrder("b-2", video, Duration5Or10.Duration5, [video]);
        var info = VideoOrderContext.Default.VideoOrder;
        text = FalJson.Write(video);
        json = JsonSerializer.Serialize(purchase, info);
        var expected = $$"""{"Id":"b-2","Request":{{text}},"Length":"5","Others":[{{text}}]}""";
        Expect.That(json == expected, "a context alone knows types of a referenced project");
        var again = JsonSerializer.Deserialize(json, info)!;
        Expect.That(again.Request == video && again.Others[0] == video && again.Length == purchase.Length, "and reads them");
        Expect.That(again.Request.Extra!.ToString() == """{"level":3}""", "Extra survives in them as well");
    }

    public static void CheckToken(FalJobToken token) => Gives(token, $"\"{token}\"");

    private static void Alike<T>(T value)
        where T : class, IFalObject<T>
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(value, Info<T>());
        Expect.That(utf8.AsSpan().SequenceEqual(FalJson.WriteUtf8(value)), $"{typeof(T).Name} is written byte for byte as by FalJson");
        Expect.That(Again(value).Equals(FalJson.Read<T>(utf8)), $"{typeof(T).Name} is read as by FalJson");
    }

    private static void Gives<T>(T value, string json)
    {
        Expect.That(Write(value) == json, $"{typeof(T)} is written as {json}");
        Expect.That(Write(Read<T>(json)) == json, $"{typeof(T)} is read and written as {json}");
    }

    private static T Again<T>(T value) => Read<T>(Write(value))!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Info<T>());

    private static T? Read<T>(string json) => JsonSerializer.Deserialize(json, Info<T>());

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
