using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>Members that are missing are added, in the layout of the others, and comments stay where they are.</summary>
public sealed class AddMemberFixTests
{
    [Theory]
    [InlineData("_ = new {|CS9035:ClipRequest|} { Prompt = text };", "_ = new ClipRequest { Prompt = text, Title = {|KLG104:\"\"|} };")]
    [InlineData(
        "ClipRequest request = {|CS9035:{|CS9035:new|}|}() { Guidance = 0.25 }; _ = request;",
        "ClipRequest request = new() { Guidance = 0.25, Prompt = {|KLG101:\"\"|}, Title = {|KLG104:\"\"|} }; _ = request;")]
    [InlineData("_ = new {|CS9035:{|CS9035:ClipRequest|}|}();", "_ = new ClipRequest() { Prompt = {|KLG101:\"\"|}, Title = {|KLG104:\"\"|} };")]
    [InlineData("_ = new {|CS9035:{|CS9035:ClipRequest|}|} { };", "_ = new ClipRequest { Prompt = {|KLG101:\"\"|}, Title = {|KLG104:\"\"|} };")]
    [InlineData(
        "_ = CLIP{ ImageSize = new {|CS9035:Size|} { Width = 64 } };",
        "_ = CLIP{ ImageSize = new Size { Width = 64, Height = {|KLG102:0|} } };")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|} { Prompt = text, ImageSize = new {|CS9035:Size|} { Width = 64 } };",
        "_ = new ClipRequest { Prompt = text, ImageSize = new Size { Width = 64, Height = {|KLG102:0|} }, Title = {|KLG104:\"\"|} };")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|}\n{\n    Prompt = text,\n};",
        "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = {|KLG104:\"\"|},\n};")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|}\n{\n    Prompt = text\n};",
        "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = {|KLG104:\"\"|}\n};")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|}\n{\n    Prompt = text, // what to show\n};",
        "_ = new ClipRequest\n{\n    Prompt = text, // what to show\n    Title = {|KLG104:\"\"|},\n};")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|}\n{\n    Prompt = text // what to show\n};",
        "_ = new ClipRequest\n{\n    Prompt = text, // what to show\n    Title = {|KLG104:\"\"|}\n};")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|}\n{\n    // What to show.\n    Prompt = text, /* for all */\n};",
        "_ = new ClipRequest\n{\n    // What to show.\n    Prompt = text, /* for all */\n    Title = {|KLG104:\"\"|},\n};")]
    [InlineData(
        "_ = new {|CS9035:ClipRequest|} { Prompt = text /* all */ };",
        "_ = new ClipRequest { Prompt = text, Title = {|KLG104:\"\"|} /* all */ };")]
    [InlineData(
        "_ = new {|CS9035:{|CS9035:ClipRequest|}|}\n{\n};",
        "_ = new ClipRequest\n{\n    Prompt = {|KLG101:\"\"|},\n    Title = {|KLG104:\"\"|},\n};")]
    public Task Required_members_are_added_in_order(string before, string after) => FixTest<RequiredMemberFix>.Expect(before, after);

    [Theory]
    [InlineData("_ = new StoryRequest { Prompt = text, {|KLG112:End = 5|} };", "_ = new StoryRequest { Prompt = text, End = 5, Start = 0 };", 0)]
    [InlineData(
        "_ = new StoryRequest { Prompt = text, {|KLG112:Mode = StoryMode.Draft|} };",
        "_ = new StoryRequest { Prompt = text, Mode = StoryMode.Draft, Note = \"\" };",
        0)]
    [InlineData("_ = new {|KLG112:StoryRequest|} { Note = text };", "_ = new StoryRequest { Note = text, Prompt = \"\" };", 0)]
    [InlineData("_ = new {|KLG112:StoryRequest|} { Note = text };", "_ = new StoryRequest { Note = text, Shots = new Shot[] { } };", 1)]
    [InlineData("StoryRequest story = {|KLG112:new|}(); _ = story;", "StoryRequest story = new() { Prompt = \"\" }; _ = story;", 0)]
    [InlineData(
        "_ = new StoryRequest { Prompt = text } with { {|KLG112:End = 5|}, Start = null };",
        "_ = new StoryRequest { Prompt = text } with { End = 5, Start = 0 };",
        0)]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text,\n    {|KLG112:End = 5|}, // seconds\n};",
        "_ = new StoryRequest\n{\n    Prompt = text,\n    End = 5, // seconds\n    Start = 0,\n};",
        0)]
    public Task A_member_that_a_rule_requires_is_added(string before, string after, int index)
        => FixTest<NeededMemberFix>.Expect(before, after, index: index);

    [Fact]
    public Task An_empty_list_that_is_added_is_reported_for_its_count() => FixTest<NeededMemberFix>.Expect(
        "_ = new Reel { {|KLG112:Effect = ReelEffect.Hug|} };",
        "_ = new Reel { Effect = ReelEffect.Hug, Pictures = {|KLG105:new string[] { }|} };");

    [Fact]
    public Task Fix_all_adds_what_several_rules_require() => FixTest<NeededMemberFix>.Expect(
        "_ = new StoryRequest { Prompt = text, {|KLG112:End = 5|} }; _ = new StoryRequest { Prompt = text, {|KLG112:End = 6|} };",
        "_ = new StoryRequest { Prompt = text, End = 5, Start = 0 }; _ = new StoryRequest { Prompt = text, End = 6, Start = 0 };");

    [Fact]
    public async Task Each_that_would_do_is_offered()
    {
        Assert.Equal(["Add Prompt", "Add Shots"], await Mend.Offers(new NeededMemberFix(), "KLG112", "_ = new StoryRequest { Note = text };"));
        Assert.Equal(["Add Front and Sides", "Add Film"], await Mend.Offers(new NeededMemberFix(), "KLG112", "_ = new Element { Name = text };"));
    }

    [Fact]
    public async Task One_offer_names_all_that_is_missing()
        => Assert.Equal(["Add Prompt, Title"], await Mend.Offers(new RequiredMemberFix(), "CS9035", "_ = new ClipRequest { };"));

    [Fact]
    public async Task Types_of_others_are_left_alone()
        => Assert.Empty(await Mend.Offers(new RequiredMemberFix(), "CS9035", """
            class Mine
            {
                public required string Name { get; init; }
                public static Mine Make() => new();
            }
            """));
}
