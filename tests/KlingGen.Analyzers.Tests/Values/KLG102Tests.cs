namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Numbers out of range.</summary>
public sealed class KLG102Tests
{
    [Theory]
    [InlineData("Guidance = {|KLG102:1.5|}", "'guidance' must be between 0 and 1, not 1.5")]
    [InlineData("Guidance = {|KLG102:-1|}", "'guidance' must be between 0 and 1, not -1")]
    [InlineData("Guidance = {|KLG102:1.5f|}", "'guidance' must be between 0 and 1, not 1.5")]
    [InlineData("Guidance = {|KLG102:0.5 + 1|}", "'guidance' must be between 0 and 1, not 1.5")]
    [InlineData("Guidance = {|KLG102:(double)7|}", "'guidance' must be between 0 and 1, not 7")]
    [InlineData("Guidance = {|KLG102:double.NaN|}", "'guidance' must be a finite number, not NaN")]
    [InlineData("Gain = {|KLG102:double.PositiveInfinity|}", "'gain' must be a finite number, not Infinity")]
    [InlineData("Strength = {|KLG102:1|}", "'strength' must be greater than 0 and less than 1, not 1")]
    [InlineData("Strength = {|KLG102:0|}", "'strength' must be greater than 0 and less than 1, not 0")]
    [InlineData("Shift = {|KLG102:0.7|}", "'shift' must be a multiple of 0.5, not 0.7")]
    [InlineData("Shift = {|KLG102:-0.5|}", "'shift' must be at least 0, not -0.5")]
    [InlineData("Steps = {|KLG102:0|}", "'steps' must be between 1 and 50, not 0")]
    [InlineData("Steps = {|KLG102:51|}", "'steps' must be between 1 and 50, not 51")]
    [InlineData("Steps = {|KLG102:default(int)|}", "'steps' must be between 1 and 50, not 0")]
    [InlineData("Width = {|KLG102:100|}", "'width' must be a multiple of 8, not 100")]
    [InlineData("Tempo = {|KLG102:0|}", "'tempo' must be at least 1, not 0")]
    [InlineData("Seed = {|KLG102:-1|}", "'seed' must be between 0 and 18446744073709551616, not -1")]
    [InlineData("Guidance = some ? 0.5 : {|KLG102:2|}", "'guidance' must be between 0 and 1, not 2")]
    [InlineData("Guidance = number switch { 1 => 0.1, _ => {|KLG102:3|} }", "'guidance' must be between 0 and 1, not 3")]
    [InlineData("Guidance = (some ? 0.5 : (double?)null) ?? {|KLG102:2|}", "'guidance' must be between 0 and 1, not 2")]
    [InlineData("Look = new() { Grain = {|KLG102:9|} }", "'grain' must be between 0 and 1, not 9")]
    [InlineData("ImageSize = new Size { Width = {|KLG102:4096|}, Height = 64 }", "'width' must be between 64 and 2048, not 4096")]
    public async Task It_fires_at_the_value(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("Guidance = 0")]
    [InlineData("Guidance = 1")]
    [InlineData("Guidance = null")]
    [InlineData("Guidance = default")]
    [InlineData("Guidance = number")]
    [InlineData("Guidance = some ? 0.5 : 1")]
    [InlineData("Strength = 0.001")]
    [InlineData("Shift = 1.5")]
    [InlineData("Gain = -1e300")]
    [InlineData("Width = 2048")]
    [InlineData("Seed = ulong.MaxValue")]
    [InlineData("Tempo = 1")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task It_fires_in_every_place_where_a_member_gets_a_value()
        => await Analyze.Expect("""
            class Requests
            {
                private const double TooMuch = 1 + Half;
                private const double Half = 0.5;
                private static readonly double Fixed = 3;
                private static readonly double Half2 = Half;

                public ClipRequest Initialised() => new() { Prompt = "x", Title = "x", Guidance = {|KLG102:TooMuch|} };
                public ClipRequest Changed(ClipRequest basis) => basis with { Guidance = {|KLG102:Fixed|} };
                public ClipRequest Right(ClipRequest basis) => basis with { Guidance = Half2 };
                public Look Nested() => new ClipRequest { Prompt = "x", Title = "x", Look = new Look { Grain = {|KLG102:2|} } }.Look;
            }
            """);

    [Fact]
    public async Task A_field_that_a_constructor_sets_is_not_known()
        => await Analyze.Expect("""
            class Requests
            {
                private static readonly double Chosen = 3;
                static Requests() => Chosen = 0.5;
                public ClipRequest Made() => new() { Prompt = "x", Title = "x", Guidance = Chosen };
            }
            """);

    [Fact]
    public async Task A_result_made_for_a_test_is_not_checked()
        => await Analyze.Expect("""_ = new ClipResult { Score = 7, Note = "far too long" };""");

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecRangeAttribute(double low, double high) : Attribute { public double Low => low; public double High => high; }
                class LookAlike { [SpecRange(0, 1)] public double? Guidance { get; init; } public LookAlike Make() => new() { Guidance = 1.5 }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecRangeAttribute(double low, double high) : Attribute { public double Low => low; public double High => high; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [SpecRange(0, 1)] public double? Guidance { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Guidance = 1.5 };
                }
            }
            """, Origin.Nowhere);
}
