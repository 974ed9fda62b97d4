using System.Reflection;
using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>Limits travel on members as attributes, where analyzers and people find them.</summary>
public sealed class SpecAttributeTests
{
    [Fact]
    public void Limits_can_be_read_back_from_a_member()
    {
        var range = Of<SpecRangeAttribute>(nameof(Limited.Number));
        Assert.Equal((0, 1, true, false, 0.5), (range.Minimum, range.Maximum, range.ExclusiveMinimum, range.ExclusiveMaximum, range.MultipleOf));
        var length = Of<SpecLengthAttribute>(nameof(Limited.Text));
        Assert.Equal((1, 500), (length.Minimum, length.Maximum));
        Assert.Equal("^[a-z]+$", Of<SpecPatternAttribute>(nameof(Limited.Text)).Pattern);
        Assert.Equal("3d_text", Of<SpecNameAttribute>(nameof(Limited.Text)).WireName);
        var count = Of<SpecCountAttribute>(nameof(Limited.List));
        Assert.Equal((2, 4), (count.Minimum, count.Maximum));
        Assert.IsType<SpecUniqueAttribute>(Of<SpecUniqueAttribute>(nameof(Limited.List)), exactMatch: true);
        var contains = Of<SpecContainsAttribute>(nameof(Limited.List));
        Assert.Equal(("Length", 1), (contains.Member, contains.Maximum));
        Assert.IsType<SpecUrlAttribute>(Of<SpecUrlAttribute>(nameof(Limited.Callback)), exactMatch: true);
        Assert.Equal("16:9", typeof(Shape).GetField(nameof(Shape.Wide))!.GetCustomAttribute<SpecNameAttribute>()!.WireName);
    }

    [Fact]
    public void Limits_of_media_can_be_read_back_from_a_member()
    {
        var media = Of<SpecMediaAttribute>(nameof(Limited.Media));

        Assert.Equal(
            (FalMediaKind.Video, 1L, 2L, 3, 4, 5, 6, 7L),
            (media.Kind, media.MinBytes, media.MaxBytes, media.MinWidth, media.MaxWidth, media.MinHeight, media.MaxHeight, media.MaxPixels));
        Assert.Equal(
            (0.4, 2.5, 3.0, 10.0, 24.0, 60.0, ".mp4;.mov"),
            (media.MinAspectRatio, media.MaxAspectRatio, media.MinDuration, media.MaxDuration, media.MinFps, media.MaxFps, media.Extensions));
    }

    [Fact]
    public void Rules_can_be_read_back_from_a_type()
    {
        var rules = typeof(Limited).GetCustomAttributes<SpecCrossFieldRuleAttribute>().ToList();

        Assert.Equal([SpecCrossFieldRuleKind.ExactlyOne, SpecCrossFieldRuleKind.Needs, SpecCrossFieldRuleKind.MaxSum],
            rules.Select(rule => rule.Kind).Order());
        Assert.Equal(["Text", "Number"], rules.Single(rule => rule.Kind == SpecCrossFieldRuleKind.Needs).Members);
        Assert.Equal(15, rules.Single(rule => rule.Kind == SpecCrossFieldRuleKind.MaxSum).Limit);
        var when = typeof(Limited).GetCustomAttribute<SpecWhenAttribute>()!;
        Assert.Equal("Text", when.Member);
        Assert.Equal(["a", "b"], when.Values);
        Assert.Equal(["Number"], when.Required!);
        Assert.Equal(["List"], when.Forbidden!);
        var count = typeof(Limited).GetCustomAttribute<SpecCountWhenAttribute>()!;
        Assert.Equal(("List", 2, 2, "Text"), (count.List, count.Minimum, count.Maximum, count.Member));
        Assert.Equal(["a"], count.Values);
    }

    [Fact]
    public void Limits_of_media_are_equal_by_value()
    {
        var constraints = new FalMediaConstraints
        {
            Kind = FalMediaKind.Video,
            MinBytes = 1,
            MaxBytes = 2,
            MinWidth = 3,
            MaxWidth = 4,
            MinHeight = 5,
            MaxHeight = 6,
            MaxPixels = 7,
            MinAspectRatio = 0.4,
            MaxAspectRatio = 2.5,
            MinDuration = 3,
            MaxDuration = 10,
            MinFps = 24,
            MaxFps = 60,
            Extensions = ".mp4;.mov",
        };

        Assert.Equal(constraints, constraints with { });
        Assert.NotEqual(constraints, constraints with { MaxFps = 61 });
    }

    private enum Shape
    {
        [SpecName("16:9")]
        Wide = 1,
    }

    private static T Of<T>(string member)
        where T : Attribute
        => typeof(Limited).GetProperty(member)!.GetCustomAttribute<T>()!;

    [SpecCrossFieldRule(SpecCrossFieldRuleKind.ExactlyOne, nameof(Text), nameof(List))]
    [SpecCrossFieldRule(SpecCrossFieldRuleKind.Needs, nameof(Text), nameof(Number))]
    [SpecCrossFieldRule(SpecCrossFieldRuleKind.MaxSum, nameof(List), "Length", Limit = 15)]
    [SpecWhen(nameof(Text), "a", "b", Required = [nameof(Number)], Forbidden = [nameof(List)])]
    [SpecCountWhen(nameof(List), 2, 2, nameof(Text), "a")]
    private sealed class Limited
    {
        [SpecRange(0, 1, ExclusiveMinimum = true, ExclusiveMaximum = false, MultipleOf = 0.5)]
        public double? Number { get; init; }

        [SpecName("3d_text")]
        [SpecLength(1, 500)]
        [SpecPattern("^[a-z]+$")]
        public string? Text { get; init; }

        [SpecUrl]
        public string? Callback { get; init; }

        [SpecCount(2, 4)]
        [SpecUnique]
        [SpecContains("Length", 1)]
        public IReadOnlyList<string>? List { get; init; }

        [SpecMedia(
            FalMediaKind.Video,
            MinBytes = 1,
            MaxBytes = 2,
            MinWidth = 3,
            MaxWidth = 4,
            MinHeight = 5,
            MaxHeight = 6,
            MaxPixels = 7,
            MinAspectRatio = 0.4,
            MaxAspectRatio = 2.5,
            MinDuration = 3,
            MaxDuration = 10,
            MinFps = 24,
            MaxFps = 60,
            Extensions = ".mp4;.mov")]
        public FalMedia? Media { get; init; }
    }
}
