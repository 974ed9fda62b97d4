namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Too many or too few elements.</summary>
public sealed class KLG105Tests
{
    [Theory]
    [InlineData("""Levels = {|KLG105:[1]|}""", "'levels' must have exactly 2 elements, not 1")]
    [InlineData("""Levels = {|KLG105:[1, 2, 3]|}""", "'levels' must have exactly 2 elements, not 3")]
    [InlineData("""Levels = {|KLG105:new[] { 1, 2, 3 }|}""", "'levels' must have exactly 2 elements, not 3")]
    [InlineData("""Levels = {|KLG105:new List<int> { 1 }|}""", "'levels' must have exactly 2 elements, not 1")]
    [InlineData("""Levels = {|KLG105:new List<int>(8) { 1 }|}""", "'levels' must have exactly 2 elements, not 1")]
    [InlineData("""Levels = {|KLG105:Array.Empty<int>()|}""", "'levels' must have exactly 2 elements, not 0")]
    [InlineData(
        """Levels = {|KLG105:[number, number, number, .. Enumerable.Range(1, number)]|}""",
        "'levels' must have exactly 2 elements, not 3 or more")]
    [InlineData("""Levels = some ? [1, 2] : {|KLG105:[1]|}""", "'levels' must have exactly 2 elements, not 1")]
    [InlineData("""ReferenceImageUrls = {|KLG105:[]|}""", "'reference_image_urls' must have 1 to 3 elements, not 0")]
    [InlineData("""Tags = {|KLG105:["one", "two", "three", "four"]|}""", "'tags' must have at most 3 elements, not 4")]
    [InlineData(
        """Weights = {|KLG105:new Dictionary<string, double> { ["a"] = 0, ["b"] = 0, ["c"] = 0 }|}""",
        "'weights' must have at most 2 elements, not 3")]
    [InlineData(
        """Weights = {|KLG105:new Dictionary<string, double> { { "a", 0 }, { "b", 0 }, { "c", 0 } }|}""",
        "'weights' must have at most 2 elements, not 3")]
    public async Task It_fires_at_the_list(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""Levels = [1, 2]""")]
    [InlineData("""Levels = new[] { number, 2 }""")]
    [InlineData("""Levels = [1, .. Enumerable.Range(1, number)]""")]
    [InlineData("""Levels = new List<int>(Enumerable.Range(1, 1)) { 1 }""")]
    [InlineData("""Levels = Enumerable.Range(1, 1).ToArray()""")]
    [InlineData("""Tags = []""")]
    [InlineData("""Weights = new Dictionary<string, double> { ["a"] = 0, ["a"] = 0, ["b"] = 0 }""")]
    [InlineData("""Weights = new Dictionary<string, double> { ["a"] = 0, ["b"] = 0, [text] = 0 }""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("Levels = [1, {|KLG102:10|}]", "'levels.1' must be between 1 and 9, not 10")]
    [InlineData("Levels = [.. Enumerable.Range(1, number), {|KLG102:10|}]", "'levels' must be between 1 and 9, not 10")]
    [InlineData("Levels = new[] { {|KLG102:0|}, 1 }", "'levels.0' must be between 1 and 9, not 0")]
    [InlineData("""Tags = ["right", {|KLG101:"x"|}]""", "'tags.1' must have 2 to 10 characters, not 1")]
    [InlineData("""Tags = new List<string> { {|KLG101:"x"|} }""", "'tags.0' must have 2 to 10 characters, not 1")]
    [InlineData("""Weights = new Dictionary<string, double> { ["a"] = {|KLG102:1.5|} }""", "'weights.a' must be between 0 and 1, not 1.5")]
    [InlineData("Parts = [{|KLG107:(ClipPart)9|}]", "'parts.0' must be one of 'left' or 'right', not (ClipPart)9")]
    public async Task Elements_are_held_to_their_own_limits(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecCountAttribute(int low, int high) : Attribute { public int Low => low; public int High => high; }
                class LookAlike { [SpecCount(2, 2)] public IReadOnlyList<int>? Levels { get; init; } public LookAlike Make() => new() { Levels = [1] }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecCountAttribute(int low, int high) : Attribute { public int Low => low; public int High => high; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [SpecCount(2, 2)] public IReadOnlyList<int>? Levels { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Levels = [1] };
                }
            }
            """, Origin.Nowhere);
}
