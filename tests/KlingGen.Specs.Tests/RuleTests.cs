using Xunit.Abstractions;

namespace KlingGen.Specs.Tests;

/// <summary>Each rule of an overlay fires on what breaks it, and lets the near miss pass.</summary>
public sealed class RuleTests(ITestOutputHelper output)
{
    private static readonly string[] NotRules =
    [
        "x-fal", "x-enum-varnames", "x-klinggen-name", "x-klinggen-enum", "x-klinggen-capabilities", "title",
    ];


    public static TheoryData<string> RuleDocuments => SpecFolder.AsTheory(RuleCases.All.Select(c => c.Document).Distinct());

    [Theory]
    [MemberData(nameof(RuleDocuments))]
    public void What_breaks_a_rule_is_refused_and_the_near_miss_is_not(string file)
    {
        var document = SpecFolder.ReadWithOverlay(file);
        foreach (var rule in RuleCases.All.Where(c => c.Document == file))
        {
            Assert.True(Problems(document, rule, rule.Breaking(document)).Count > 0, $"{rule} does not fire");
            var nearMiss = Problems(document, rule, rule.Keeping(document));
            Assert.True(nearMiss.Count == 0, $"{rule}: the near miss is refused: {string.Join(", ", nearMiss)}");
        }
    }

    [Theory]
    [MemberData(nameof(RuleDocuments))]
    public void Only_the_overlay_makes_the_rule(string file)
    {
        JsonObject bare = SpecFolder.Read(file), full = SpecFolder.ReadWithOverlay(file);
        var judge = new JsonSchemaJudge(bare);
        foreach (var rule in RuleCases.All.Where(c => c.Document == file))
        {
            Assert.True(Problems(bare, rule, rule.Breaking(full)).Count == 0, $"{rule} is a rule of the spec already");
            Assert.Empty(judge.Problems(rule.Type(bare), rule.Breaking(full)));
        }
    }

    [Fact]
    public void Every_rule_of_every_overlay_has_a_case_that_needs_it()
    {
        var idle = new List<string>();
        var rules = 0;
        foreach (var file in SpecFolder.Overlays)
        {
            var overlay = SpecFolder.Read(file);
            var name = SpecFolder.DocumentOf(file);
            var full = SpecFolder.ReadWithOverlay(name);
            var cases = RuleCases.All.Where(c => c.Document == name).Select(c => (Case: c, Body: c.Breaking(full))).ToList();
            foreach (var action in Overlay.Actions(overlay).Where(a => a["update"]!.AsObject().Any(p => !NotRules.Contains(p.Key)) && !OnlyMedia(a)))
            {
                rules++;
                var without = SpecFolder.Read(name);
                Overlay.Apply(overlay, without, leavingOut: action);
                if (!cases.Any(c => Problems(without, c.Case, c.Body).Count == 0)) idle.Add($"{file} {action.ToJsonString()}");
            }
        }

        output.WriteLine($"{rules} rules in {SpecFolder.Overlays.Count} overlays, {RuleCases.All.Count} cases");
        Assert.Empty(idle);
    }

    [Theory]
    [InlineData("image", 10.05)]
    [InlineData("video", 30.05)]
    public void The_longest_motion_video_depends_on_the_orientation(string orientation, double longest)
    {
        foreach (var endpoint in SpecFolder.Endpoints.Where(e => e.EndsWith("motion-control", StringComparison.Ordinal)))
        {
            var document = SpecFolder.ReadWithOverlay(endpoint + ".json");
            var request = ExampleRequests.Smallest(document);
            request["character_orientation"] = orientation;
            var constraints = SchemaRules.MediaConstraints(document, document.InputName(), request, "video_url");
            Assert.Equal(longest, (double)constraints["max_duration"]!);
            Assert.Equal(3, (double)constraints["min_duration"]!);
            Assert.Equal(104857600, (long)constraints["max_file_size"]!);
        }
    }

    [Theory]
    [InlineData("lipsync/text-to-video", "video_url", "max_duration 60, " + LipVideo)]
    [InlineData("lipsync/audio-to-video", "video_url", "max_duration 10, " + LipVideo)]
    [InlineData("lipsync/audio-to-video", "audio_url", "max_duration 60, max_file_size 5242880, min_duration 2")]
    [InlineData("lipsync/types", "audio_url", "max_duration 60, max_file_size 5242880, min_duration 2, extensions [\".mp3\",\".wav\",\".m4a\"]")]
    [InlineData("create-voice", "voice_url", "max_duration 30, min_duration 5, extensions [\".mp3\",\".wav\",\".mp4\",\".mov\"]")]
    [InlineData("v3/turbo/pro/image-to-video", "image_url", TurboImage)]
    [InlineData("v3/turbo/standard/image-to-video", "image_url", TurboImage)]
    public void Media_limits_that_fal_states_in_prose_are_in_the_overlay(string endpoint, string property, string expected)
    {
        var document = SpecFolder.ReadWithOverlay($"fal-ai/kling-video/{endpoint}.json");
        var type = document["paths"] is null ? "FaceChoice" : document.InputName();
        var constraints = SchemaRules.MediaConstraints(document, type, [], property);
        Assert.Equal(expected, string.Join(", ", constraints.Select(l => $"{l.Key} {l.Value!.ToJsonString()}")));
    }

    private const string LipVideo =
        "max_file_size 104857600, max_height 1920, max_width 1920, min_duration 2, min_height 720, min_width 720, extensions [\".mp4\",\".mov\"]";

    private const string TurboImage =
        "max_aspect_ratio 2.5, max_file_size 52428800, min_aspect_ratio 0.4, min_height 300, min_width 300, extensions [\".jpg\",\".jpeg\",\".png\"]";

    private static IReadOnlyList<string> Problems(JsonObject document, RuleCase rule, JsonObject body) =>
        SchemaRules.Problems(document, rule.Type(document), body);

    /// <summary>Conditions that change nothing but the limits of a file: an instance alone cannot break them.</summary>
    private static bool OnlyMedia(JsonObject action) =>
        action["update"]!["allOf"] is JsonArray conditions
        && conditions.All(c => c!["then"]!["properties"] is JsonObject then && then.All(p => p.Value!.AsObject().All(l => l.Key == "x-fal")));
}
