namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Texts that are too long or too short.</summary>
public sealed class KLG101Tests
{
    [Theory]
    [InlineData("""Prompt = {|KLG101:""|}""", "'prompt' must have 1 to 500 characters, not 0")]
    [InlineData("Prompt = {|KLG101:string.Empty|}", "'prompt' must have 1 to 500 characters, not 0")]
    [InlineData("Prompt = {|KLG101:new string('x', 501)|}", "'prompt' must have 1 to 500 characters, not 501")]
    [InlineData("""Prompt = "x", Negative = {|KLG101:"one word and another"  + "!"|}""", "'negative' must have at most 20 characters, not 21")]
    [InlineData(
        """Prompt = "x", Negative = {|KLG101:$"{nameof(ClipRequest)} {nameof(ClipRequest)}"|}""",
        "'negative' must have at most 20 characters, not 23")]
    [InlineData("""Prompt = some ? {|KLG101:""|} : text""", "'prompt' must have 1 to 500 characters, not 0")]
    [InlineData("""Prompt = text ?? {|KLG101:""|}""", "'prompt' must have 1 to 500 characters, not 0")]
    public async Task It_fires_at_the_text(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { {{member}}, Title = "x" };"""));

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(0, 20, true)]
    [InlineData(1, 19, true)]
    [InlineData(0, 21, false)]
    [InlineData(20, 1, false)]
    public async Task A_pair_of_surrogates_is_one_character(int letters, int pairs, bool isRight)
    {
        var text = '"' + new string('x', letters) + string.Concat(Enumerable.Repeat("🐦", pairs)) + '"';
        await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", Negative = {{(isRight ? text : "{|KLG101:" + text + "|}")}} };""");
    }

    [Theory]
    [InlineData("""Tags = [{|KLG101:"🐦"|}]""")]
    [InlineData("""Tags = ["🐦🐦", {|KLG101:"x"|}]""")]
    public async Task So_it_is_at_the_lower_limit(string member)
        => Assert.Single(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("Prompt = new string('x', 500)")]
    [InlineData("""Prompt = " " """)]
    [InlineData("Prompt = text")]
    [InlineData("""Prompt = "x", Negative = "one word and another" """)]
    [InlineData("""Prompt = "x", Negative = "" """)]
    [InlineData("""Prompt = "x", Negative = "🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦" """)]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { {{member}}, Title = "x" };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecLengthAttribute(int low, int high) : Attribute { public int Low => low; public int High => high; }
                class LookAlike { [SpecLength(1, 5)] public string? Prompt { get; init; } public LookAlike Make() => new() { Prompt = "" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecLengthAttribute(int low, int high) : Attribute { public int Low => low; public int High => high; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [SpecLength(1, 5)] public string? Prompt { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Prompt = "" };
                }
            }
            """, Origin.Nowhere);
}
