using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class NeededMemberFixTests
{
    private static readonly NeededMemberFix Fix = new();

    [Theory]
    [InlineData("_ = new StoryRequest { Prompt = text, End = 5 };", "_ = new StoryRequest { Prompt = text, End = 5, Start = 0 };", "Add Start")]
    [InlineData("_ = new StoryRequest { Prompt = text, Mode = StoryMode.Draft };", "_ = new StoryRequest { Prompt = text, Mode = StoryMode.Draft, Note = \"\" };", "Add Note")]
    [InlineData("_ = new StoryRequest { Note = text };", "_ = new StoryRequest { Note = text, Prompt = \"\" };", "Add Prompt")]
    [InlineData("_ = new StoryRequest { Note = text };", "_ = new StoryRequest { Note = text, Shots = new Shot[] { } };", "Add Shots")]
    [InlineData("StoryRequest story = new(); _ = story;", "StoryRequest story = new() { Prompt = \"\" }; _ = story;", "Add Prompt")]
    [InlineData("_ = new StoryRequest { Prompt = text } with { End = 5, Start = null };", "_ = new StoryRequest { Prompt = text } with { End = 5, Start = 0 };", "Add Start")]
    [InlineData("_ = new Element { Front = text };", "_ = new Element { Front = text, Sides = new string[] { } };", "Add Sides")]
    public Task What_a_rule_asks_for_is_added(string before, string after, string title) => Mend.Expect(Fix, "KLG112", before, after, title);

    [Fact]
    public async Task Each_that_would_do_is_offered()
    {
        Assert.Equal(["Add Prompt", "Add Shots"], await Mend.Offers(Fix, "KLG112", "_ = new StoryRequest { Note = text };"));
        Assert.Equal(["Add Front and Sides", "Add Film"], await Mend.Offers(Fix, "KLG112", "_ = new Element { Name = text };"));
    }
}
