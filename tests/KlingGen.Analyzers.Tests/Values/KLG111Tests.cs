namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Members that exclude each other.</summary>
public sealed class KLG111Tests
{
    [Theory]
    [InlineData("""Prompt = "x", {|KLG111:Shots = []|}""", "'prompt' and 'shots' are mutually exclusive; set one of them")]
    [InlineData("""Shots = [], {|KLG111:Prompt = "x"|}""", "'prompt' and 'shots' are mutually exclusive; set one of them")]
    [InlineData("""Prompt = text, {|KLG111:Shots = new Shot[1]|}""", "'prompt' and 'shots' are mutually exclusive; set one of them")]
    [InlineData("""Prompt = "x", Note = "x", {|KLG111:Start = 1|}""", "'note' cannot be set together with 'start'")]
    [InlineData("""Prompt = "x", Note = $"{number}", {|KLG111:Start = number|}""", "'note' cannot be set together with 'start'")]
    public async Task It_fires_at_the_later_one(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new StoryRequest { {{member}} };"""));

    [Theory]
    [InlineData("""Prompt = "x" """)]
    [InlineData("""Prompt = "x", Shots = null""")]
    [InlineData("""Prompt = "x", Shots = default""")]
    [InlineData("""Prompt = null, Shots = []""")]
    [InlineData("""Prompt = some ? text : null, Shots = []""")]
    [InlineData("""Prompt = "x", Note = "x" """)]
    [InlineData("""Prompt = "x", Mode = StoryMode.Final, Start = 1, End = 5""")]
    [InlineData("""Prompt = "x", Mode = (StoryMode)number, Start = 1, End = 5""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new StoryRequest { {{member}} };"""));

    [Fact]
    public async Task Both_in_one_with_are_a_fault_and_one_is_not()
        => await Analyze.Expect("""
            class Stories
            {
                public StoryRequest Wrong(StoryRequest basis) => basis with { Prompt = "x", {|KLG111:Shots = []|} };
                public StoryRequest Right(StoryRequest basis) => basis with { Prompt = "x", Shots = null };
                public StoryRequest Open(StoryRequest basis) => basis with { Prompt = "x" };
            }
            """);

    [Fact]
    public async Task What_a_condition_forbids_is_reported_beside_what_else_is_wrong()
        => Assert.Equal(
            ["'end' must not be set when 'mode' is 'draft'", "'end' needs 'start' as well"],
            await Analyze.Expect("""_ = new StoryRequest { Shots = [], Mode = StoryMode.Draft, Note = "x", {|KLG112:{|KLG111:End = 5|}|} };"""));

    [Fact]
    public async Task Members_that_count_as_one_exclude_others_together()
        => Assert.Equal(
            ["'front + sides' and 'film' are mutually exclusive; set one of them"],
            await Analyze.Expect("""
                _ = new Element { Front = "a", Sides = ["b"], {|KLG111:Film = "c"|} };
                _ = new Element { Front = "a", Film = "c" };
                """));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                [AttributeUsage(AttributeTargets.Class)] class SpecCrossFieldRuleAttribute(int kind, params string[] members)
                    : Attribute { public int Kind => kind; public string[] Members => members; }
                class LookAlike { public string? Prompt { get; init; } public string? Note { get; init; } public LookAlike Make() => new() { Prompt = "x", Note = "x" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                [AttributeUsage(AttributeTargets.Class)] class SpecCrossFieldRuleAttribute(int kind, params string[] members)
                    : Attribute { public int Kind => kind; public string[] Members => members; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public string? Prompt { get; init; } public string? Note { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Prompt = "x", Note = "x" };
                }
            }
            """, Origin.Nowhere);
}
