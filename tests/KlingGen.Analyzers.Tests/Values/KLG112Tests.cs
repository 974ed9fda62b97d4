namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Members that another one needs.</summary>
public sealed class KLG112Tests
{
    [Theory]
    [InlineData("_ = new {|KLG112:StoryRequest|}();", "one of 'prompt' or 'shots' is required")]
    [InlineData("_ = new {|KLG112:StoryRequest|} { Note = text };", "one of 'prompt' or 'shots' is required")]
    [InlineData("StoryRequest story = {|KLG112:new|}() { Prompt = null };", "one of 'prompt' or 'shots' is required")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", {|KLG112:End = 5|} };""", "'end' needs 'start' as well")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", {|KLG112:Mode = StoryMode.Draft|} };""", "'note' is required when 'mode' is 'draft'")]
    [InlineData("""_ = new {|KLG112:Element|} { Front = "a" };""", "one of 'front + sides' or 'film' is required")]
    public async Task It_fires_at_what_needs_it(string statement, string message) => Assert.Equal([message], await Analyze.Expect(statement));

    [Theory]
    [InlineData("""_ = new StoryRequest { Prompt = "x" };""")]
    [InlineData("_ = new StoryRequest { Prompt = some ? text : null };")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", Start = 1, End = 5 };""")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", Start = some ? 1 : null, End = 5 };""")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", Mode = StoryMode.Draft, Note = "x" };""")]
    [InlineData("""_ = new StoryRequest { Prompt = "x", Mode = StoryMode.Final };""")]
    [InlineData("""_ = new Element { Front = "a", Sides = ["b"] };""")]
    [InlineData("""_ = new StoryResult { Seed = 1 };""")]
    public async Task A_near_miss_is_quiet(string statement) => Assert.Empty(await Analyze.Expect(statement));

    [Fact]
    public async Task What_with_leaves_alone_is_not_missing()
        => await Analyze.Expect("""
            class Stories
            {
                public StoryRequest Right(StoryRequest basis) => basis with { End = 5 };
                public StoryRequest Wrong(StoryRequest basis) => basis with { {|KLG112:End = 5|}, Start = null };
            }
            """);

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                [AttributeUsage(AttributeTargets.Class)] class SpecCrossFieldRuleAttribute(int kind, params string[] members)
                    : Attribute { public int Kind => kind; public string[] Members => members; }
                class LookAlike { public string? Prompt { get; init; } public string? Note { get; init; } public LookAlike Make() => new() { Note = null }; }
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
                    public ClipRequest Make() => new() { Note = null };
                }
            }
            """, Origin.Nowhere);
}
