namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Texts against a pattern.</summary>
public sealed class KLG103Tests
{
    [Theory]
    [InlineData("""Code = {|KLG103:"abc"|}""", "'code' must match the pattern ^[A-Z]{2,4}$, not 'abc'")]
    [InlineData("""Code = {|KLG103:"ABCDE"|}""", "'code' must match the pattern ^[A-Z]{2,4}$, not 'ABCDE'")]
    [InlineData("""Code = {|KLG103:""|}""", "'code' must match the pattern ^[A-Z]{2,4}$, not ''")]
    [InlineData("""Guarded = {|KLG103:"no"|}""", "'guarded' must match the pattern ^(?!no), not 'no'")]
    [InlineData("""Code = {|KLG103:"line\nbreak"|}""", "'code' must match the pattern ^[A-Z]{2,4}$, not 'line break'")]
    public async Task It_fires_at_the_text(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""Code = "AB" """)]
    [InlineData("""Code = text""")]
    [InlineData("""Code = null""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecPatternAttribute(string pattern) : Attribute { public string Pattern => pattern; }
                class LookAlike { [SpecPattern("^a$")] public string? Code { get; init; } public LookAlike Make() => new() { Code = "b" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecPatternAttribute(string pattern) : Attribute { public string Pattern => pattern; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [SpecPattern("^a$")] public string? Code { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Code = "b" };
                }
            }
            """, Origin.Nowhere);
}
