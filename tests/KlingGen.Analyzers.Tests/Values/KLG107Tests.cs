namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Values that their enum does not name.</summary>
public sealed class KLG107Tests
{
    [Theory]
    [InlineData("""Duration = {|KLG107:(ClipDuration)7|}""", "'duration' must be one of '5' or '10', not (ClipDuration)7; the nearest is '5'")]
    [InlineData("""Duration = {|KLG107:default(ClipDuration)|}""",
        "'duration' must be one of '5' or '10', not (ClipDuration)0; the nearest is '5'")]
    [InlineData("""Duration = {|KLG107:0|}""", "'duration' must be one of '5' or '10', not (ClipDuration)0; the nearest is '5'")]
    [InlineData("""Duration = {|KLG107:(ClipDuration?)7|}""", "'duration' must be one of '5' or '10', not (ClipDuration)7; the nearest is '5'")]
    [InlineData("""FrameRate = {|KLG107:(ClipFrameRate)25|}""",
        "'frame_rate' must be one of '24' or '30', not (ClipFrameRate)25; the nearest is '24'")]
    [InlineData("""Mode = some ? ClipMode.Draft : {|KLG107:(ClipMode)3|}""", "'mode' must be one of 'draft' or 'final', not (ClipMode)3")]
    [InlineData("""Look = new() { Style = {|KLG107:"gaudy"|} }""", "'style' must be one of 'plain' or 'rich-colour', not 'gaudy'")]
    [InlineData("""Look = new() { Style = {|KLG107:new LookStyle("gaudy")|} }""", "'style' must be one of 'plain' or 'rich-colour', not 'gaudy'")]
    public async Task It_fires_at_the_value(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""Duration = (ClipDuration)2""")]
    [InlineData("""Duration = default""")]
    [InlineData("""Duration = null""")]
    [InlineData("""Duration = (ClipDuration)number""")]
    [InlineData("""FrameRate = (ClipFrameRate)24""")]
    [InlineData("""Look = new() { Style = "rich-colour" }""")]
    [InlineData("""Look = new() { Style = LookStyle.RichColour }""")]
    [InlineData("""Look = new() { Style = text }""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task A_constant_of_the_enums_type_is_none_of_its_values()
        => Assert.Equal(
            ["'duration' must be one of '5' or '10', not (ClipDuration)7; the nearest is '5'",
                "'duration' must be one of '5' or '10', not (ClipDuration)9; the nearest is '10'"],
            await Analyze.Expect("""
                enum Odd { Nine = 9, Two = 2 }
                class Clips
                {
                    const ClipDuration Seven = (ClipDuration)7;
                    const ClipDuration Fine = ClipDuration.Duration5;
                    public ClipRequest One() => new() { Prompt = "x", Title = "x", Duration = {|KLG107:Seven|} };
                    public ClipRequest Two() => new() { Prompt = "x", Title = "x", Duration = {|KLG107:(ClipDuration?)Odd.Nine|} };
                    public ClipRequest[] Right() => [new() { Prompt = "x", Title = "x", Duration = Fine }, new() { Prompt = "x", Title = "x", Duration = (ClipDuration?)Odd.Two }];
                }
                """));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                enum ClipMode { Draft = 1 }
                class LookAlike { public ClipMode? Mode { get; init; } public LookAlike Make() => new() { Mode = (ClipMode)7 }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                enum ClipMode { Draft = 1 }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public ClipMode? Mode { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Mode = (ClipMode)7 };
                }
            }
            """, Origin.Nowhere);
}
