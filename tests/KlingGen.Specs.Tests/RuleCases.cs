namespace KlingGen.Specs.Tests;

/// <summary>
/// A rule that fal states in prose, with a request that breaks it and one that only just keeps it. Bodies are changes of a right request, so that
/// nothing else is at fault. <c>Path</c> is where a good message points to; the root is the empty text.
/// </summary>
internal sealed record RuleCase(string Document, string Rule, string Path, Action<JsonObject> Breaks, Action<JsonObject> Keeps)
{
    public override string ToString() => $"{Document}: {Rule}";

    /// <summary>The type that the rule is about: the input of an endpoint, or the one named in a document without endpoint.</summary>
    public string Type(JsonObject document) => document["paths"] is null ? "FaceChoice" : document.InputName();

    public JsonObject Breaking(JsonObject document) => Changed(document, Breaks);

    public JsonObject Keeping(JsonObject document) => Changed(document, Keeps);

    private JsonObject Changed(JsonObject document, Action<JsonObject> change)
    {
        var body = document["paths"] is null
            ? ExampleRequests.Value(document, document.Schema(Type(document))).AsObject()
            : ExampleRequests.Fullest(document);
        change(body);
        return body;
    }
}

/// <summary>At least one case for every rule of every overlay. Media limits are not here: they are judged by looking into a file.</summary>
internal static class RuleCases
{
    private const string Video = "fal-ai/kling-video/";
    private static readonly string[] Tiers = ["pro", "standard"];
    private static readonly string[] AllTiers = ["4k", "pro", "standard"];

    public static IReadOnlyList<RuleCase> All { get; } =
        [.. Counts(), .. Effects(), .. MotionControl(), .. OneOrMoreShots(), .. Turbo(), .. Elements(), .. FaceChoice()];

    private static IEnumerable<RuleCase> Counts()
    {
        foreach (var tier in Tiers)
            yield return Count($"v1.6/{tier}/elements", "at most four images", "input_image_urls", 5, 4);
        string[] speaking = ["v2.6/pro/image-to-video", .. Tiers.SelectMany(t => new[] { $"v3/{t}/text-to-video", $"v3/{t}/image-to-video" })];
        foreach (var endpoint in speaking)
            yield return Count(endpoint, "at most two voices", "voice_ids", 3, 2);
    }

    private static IEnumerable<RuleCase> Effects()
    {
        foreach (var endpoint in new[] { "v1.5/pro/effects", "v1.6/pro/effects", "v1.6/standard/effects", "v1/standard/effects" })
        {
            foreach (var scene in new[] { "hug", "kiss", "heart_gesture", "hug_pro", "kiss_pro", "heart_gesture_pro" })
            {
                yield return Scene(endpoint, $"{scene} takes two pictures, not one", scene, breaks: 1, keeps: 2);
                yield return Scene(endpoint, $"{scene} takes two pictures, not three", scene, breaks: 3, keeps: 2);
                yield return Scene(endpoint, $"{scene} takes two pictures, not none at all", scene, breaks: null, keeps: 2);
            }

            yield return Scene(endpoint, "squish takes one picture, not two", "squish", breaks: 2, keeps: 1);
            yield return Scene(endpoint, "tiger_hug takes one picture, not two", "tiger_hug", breaks: 2, keeps: 1);
            yield return Scene(endpoint, "squish takes one picture, not an empty list", "squish", breaks: 0, keeps: null);
        }
    }

    private static IEnumerable<RuleCase> MotionControl()
    {
        foreach (var tier in Tiers)
        {
            var endpoint = $"v3/{tier}/motion-control";
            yield return Count(endpoint, "at most one element", "elements", 2, 1);
            yield return Of(endpoint, "elements go with orientation video only", "elements", b => Facing(b, "image"), b => Facing(b, "video"));
            yield return Of(
                endpoint, "orientation image goes without elements", "elements", b => Facing(b, "image"), b => Facing(b, "image").Remove("elements"));
        }

        static JsonObject Facing(JsonObject body, string orientation)
        {
            body["character_orientation"] = orientation;
            return body;
        }
    }

    private static IEnumerable<RuleCase> OneOrMoreShots()
    {
        foreach (var endpoint in AllTiers.SelectMany(t => new[] { $"v3/{t}/text-to-video", $"v3/{t}/image-to-video" }))
        {
            yield return Of(endpoint, "prompt and multi_prompt together", "", b => b["multi_prompt"] = Shots(5), _ => { });
            yield return Of(endpoint, "neither prompt nor multi_prompt", "", b => b.Remove("prompt"), b => OnlyShots(b, "customize"));
            if (endpoint.EndsWith("image-to-video", StringComparison.Ordinal))
                yield return Of(endpoint, "multi_prompt without shot_type", "shot_type", b => OnlyShots(b, null), b => OnlyShots(b, "intelligent"));
        }

        static void OnlyShots(JsonObject body, string? type)
        {
            body.Remove("prompt");
            body["multi_prompt"] = Shots(5, 3);
            body["shot_type"] = type;
            if (type is null) body.Remove("shot_type");
        }
    }

    private static IEnumerable<RuleCase> Turbo()
    {
        foreach (var endpoint in Tiers.SelectMany(t => new[] { $"v3/turbo/{t}/text-to-video", $"v3/turbo/{t}/image-to-video" }))
        {
            yield return Of(endpoint, "prompt and multi_prompt together", "", b => b["multi_prompt"] = Shots(5), b => b.Remove("multi_prompt"));
            yield return InPlaceOfPrompt("no shot at all", [], [15]);
            yield return InPlaceOfPrompt("seven shots", [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]);
            yield return InPlaceOfPrompt("shots of 16 seconds together", [10, 6], [10, 5]);
            yield return InPlaceOfPrompt("a shot without duration counts as five seconds", [11, null], [10, null]);

            RuleCase InPlaceOfPrompt(string rule, int?[] breaks, int?[] keeps) =>
                Of(endpoint, rule, "multi_prompt", b => Put(b, breaks), b => Put(b, keeps));
            static void Put(JsonObject body, int?[] seconds)
            {
                body.Remove("prompt");
                body["multi_prompt"] = Shots(seconds);
            }
        }
    }

    private static IEnumerable<RuleCase> Elements()
    {
        foreach (var endpoint in AllTiers.SelectMany(t => new[] { $"v3/{t}/image-to-video", $"o3/{t}/reference-to-video" }))
        {
            yield return With("two elements are clips", "elements", [Clip(), Clip()], [Clip(), Pictures(1), Pictures(1)]);
            yield return With("pictures and a clip in one element", "elements.0", [Both()], [Clip()]);
            yield return With("a frontal picture alone", "elements.0", [Frontal()], [Pictures(1)]);
            yield return With("a frontal picture beside a clip", "elements.0", [Frontal(Clip())], [Voice(Clip())]);
            yield return With("other pictures without a frontal one", "elements.0", [Other(Clip())], [Pictures(3)]);
            yield return With("neither pictures nor a clip", "elements.0", [Voice([])], [Pictures(2)]);
            yield return With("no other picture", "elements.0.reference_image_urls", [Pictures(0)], [Pictures(1)]);
            yield return With("four other pictures", "elements.0.reference_image_urls", [Pictures(4)], [Pictures(3)]);

            RuleCase With(string rule, string path, JsonArray breaks, JsonArray keeps) =>
                Of(endpoint, rule, path, b => b["elements"] = breaks.DeepClone(), b => b["elements"] = keeps.DeepClone());
        }

        static JsonObject Frontal(JsonObject? element = null)
        {
            element ??= [];
            element["frontal_image_url"] = Url(0);
            return element;
        }

        static JsonObject Other(JsonObject element, int count = 1)
        {
            element["reference_image_urls"] = Urls(count);
            return element;
        }

        static JsonObject Pictures(int others) => Other(Frontal(), others);
        static JsonObject Both() => Other(Frontal(Clip()));
        static JsonObject Clip() => new() { ["video_url"] = "https://storage.example.com/clip.mp4" };
        static JsonObject Voice(JsonObject element)
        {
            element["voice_id"] = "700100200300400501";
            return element;
        }
    }

    private static IEnumerable<RuleCase> FaceChoice()
    {
        yield return Face("the part ends before 2,000 ms are over", "sound_end_time", b => Times(b, 500, 2499), b => Times(b, 500, 2500));
        yield return Face("the part ends before it starts", "sound_end_time", b => Times(b, 5000, 3000), b => Times(b, 3000, 5000));
        yield return Face("the part starts before the recording", "sound_start_time", b => Times(b, -1, 5000), b => Times(b, 0, 5000));
        foreach (var volume in new[] { "sound_volume", "original_audio_volume" })
        {
            yield return Face("a volume below 0", volume, b => b[volume] = -0.01, b => b[volume] = 0);
            yield return Face("a volume above 2", volume, b => b[volume] = 2.01, b => b[volume] = 2);
        }

        static RuleCase Face(string rule, string path, Action<JsonObject> breaks, Action<JsonObject> keeps) =>
            Of("lipsync/types", rule, path, breaks, keeps);
        static void Times(JsonObject body, int start, int end) => (body["sound_start_time"], body["sound_end_time"]) = (start, end);
    }

    private static RuleCase Of(string endpoint, string rule, string path, Action<JsonObject> breaks, Action<JsonObject> keeps) =>
        new(Video + endpoint + ".json", rule, path, breaks, keeps);

    private static RuleCase Count(string endpoint, string rule, string property, int breaks, int keeps) =>
        Of(endpoint, rule, property, b => Repeat(b, property, breaks), b => Repeat(b, property, keeps));

    private static RuleCase Scene(string endpoint, string rule, string scene, int? breaks, int? keeps)
    {
        return Of(endpoint, rule, "input_image_urls", b => Put(b, breaks), b => Put(b, keeps));

        void Put(JsonObject body, int? count)
        {
            body["effect_scene"] = scene;
            if (count is null) body.Remove("input_image_urls");
            else body["input_image_urls"] = Urls(count.Value);
        }
    }

    private static void Repeat(JsonObject body, string property, int count)
    {
        var item = body[property]![0]!;
        body[property] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => item.DeepClone())]);
    }

    private static JsonArray Shots(params int?[] seconds) => [.. seconds.Select((s, i) =>
        s is null ? new JsonObject { ["prompt"] = $"Shot {i}." } : new JsonObject { ["prompt"] = $"Shot {i}.", ["duration"] = $"{s}" })];

    private static JsonArray Urls(int count) => [.. Enumerable.Range(0, count).Select(i => JsonValue.Create(Url(i)))];

    private static string Url(int number) => $"https://storage.example.com/picture-{number}.png";
}
