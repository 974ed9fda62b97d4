namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Numbers that do not fit together.</summary>
public sealed class KLG113Tests
{
    [Theory]
    [InlineData("""Prompt = "x", Start = 5, {|KLG113:End = 6|}""", "'end' must be at least 2 greater than 'start' (5), not 6")]
    [InlineData("""Prompt = "x", {|KLG113:End = 1.5|}, Start = 0""", "'end' must be at least 2 greater than 'start' (0), not 1.5")]
    [InlineData(
        """Shots = {|KLG113:[new() { Length = ShotLength.Length10 }, new() { Length = ShotLength.Length10 }]|}""",
        "'shots' must add up to at most 15, not 20")]
    [InlineData(
        """Shots = {|KLG113:[new() { Length = ShotLength.Length10 }, new(), new Shot { Length = null }]|}""",
        "'shots' must add up to at most 15, not 20")]
    [InlineData("""Shots = {|KLG113:new List<Shot> { new(), new(), new(), new() }|}""", "'shots' must add up to at most 15, not 20")]
    public async Task It_fires_at_the_number(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new StoryRequest { {{member}} };"""));

    [Theory]
    [InlineData("""Prompt = "x", Start = 5, End = 7""")]
    [InlineData("""Prompt = "x", Start = number, End = 6""")]
    [InlineData("""Prompt = "x", Start = 5, End = null""")]
    [InlineData("""Shots = [new() { Length = ShotLength.Length10 }, new()]""")]
    [InlineData("""Shots = [new() { Length = ShotLength.Length10 }, new() { Length = (ShotLength)number }]""")]
    [InlineData("""Shots = [new() { Length = ShotLength.Length10 }, .. Array.Empty<Shot>()]""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new StoryRequest { {{member}} };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                [AttributeUsage(AttributeTargets.Class)] class SpecCrossFieldRuleAttribute(int kind, params string[] members)
                    : Attribute { public int Kind => kind; public string[] Members => members; public double Limit { get; set; } }
                class LookAlike { public double? Start { get; init; } public double? End { get; init; } public LookAlike Make() => new() { Start = 5, End = 1 }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                [AttributeUsage(AttributeTargets.Class)] class SpecCrossFieldRuleAttribute(int kind, params string[] members)
                    : Attribute { public int Kind => kind; public string[] Members => members; public double Limit { get; set; } }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public double? Start { get; init; } public double? End { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Start = 5, End = 1 };
                }
            }
            """, Origin.Nowhere);
}
