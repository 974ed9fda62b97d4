namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Values that the server uses anyway.</summary>
public sealed class KLG114Tests
{
    [Theory]
    [InlineData(
        "Duration = {|KLG114:ClipDuration.Duration5|}",
        "'duration' is what the server uses anyway; leave it out to follow the server when it changes")]
    [InlineData("Guidance = {|KLG114:0.5|}", "'guidance' is what the server uses anyway; leave it out to follow the server when it changes")]
    [InlineData(
        "Guidance = {|KLG114:ClipRequest.Defaults.Guidance|}",
        "'guidance' is what the server uses anyway; leave it out to follow the server when it changes")]
    [InlineData("Steps = {|KLG114:25|}", "'steps' is what the server uses anyway; leave it out to follow the server when it changes")]
    [InlineData("Loop = {|KLG114:false|}", "'loop' is what the server uses anyway; leave it out to follow the server when it changes")]
    [InlineData("""Negative = {|KLG114:"blur"|}""", "'negative' is what the server uses anyway; leave it out to follow the server when it changes")]
    public async Task It_fires_at_the_value_when_it_is_turned_on(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };""", "KLG114"));

    [Theory]
    [InlineData("Duration = ClipDuration.Duration10")]
    [InlineData("Guidance = 0.51")]
    [InlineData("Loop = true")]
    [InlineData("Loop = null")]
    [InlineData("Steps = number")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };""", "KLG114"));

    [Fact]
    public async Task It_is_off_by_default() => await Analyze.Expect("""_ = new ClipRequest { Prompt = "x", Title = "x", Steps = 25 };""");

    [Fact]
    public async Task A_with_that_goes_back_to_the_default_is_quiet()
        => await Analyze.Expect("class Clips { public ClipRequest Back(ClipRequest basis) => basis with { Steps = 25 }; }", "KLG114");

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecNameAttribute(string name) : Attribute { public string Name => name; }
                class LookAlike { public static class Defaults { public const int Steps = 25; } public int? Steps { get; init; } public LookAlike Make() => new() { Steps = 25 }; }
            }
            """, "KLG114");

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecNameAttribute(string name) : Attribute { public string Name => name; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public static class Defaults { public const int Steps = 25; } public int? Steps { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Steps = 25 };
                }
            }
            """, Origin.Nowhere, "KLG114");
}
