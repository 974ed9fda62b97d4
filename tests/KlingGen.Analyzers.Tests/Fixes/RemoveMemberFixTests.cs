using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>A member goes with its comma and the comments on its lines, and with nothing of its neighbours.</summary>
public sealed class RemoveMemberFixTests
{
    [Theory]
    [InlineData("_ = new StoryRequest { Prompt = \"x\", {|KLG111:Shots = []|} };", "_ = new StoryRequest { Prompt = \"x\" };")]
    [InlineData("_ = new StoryRequest { Shots = [], {|KLG111:Prompt = text|} };", "_ = new StoryRequest { Shots = [] };")]
    [InlineData("_ = new StoryRequest { Shots = [], {|KLG111:Prompt = text|}, Mode = null };", "_ = new StoryRequest { Shots = [], Mode = null };")]
    [InlineData("_ = new StoryRequest { Prompt = \"x\" } with { {|KLG111:Shots = []|} };", "_ = new StoryRequest { Prompt = \"x\" } with { };")]
    [InlineData("_ = new Element { Front = text, Sides = [text], {|KLG111:Film = text|} };", "_ = new Element { Front = text, Sides = [text] };")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text, // what to show\n    {|KLG111:Shots = []|}, // none yet\n    Mode = null, "
            + "// open\n};",
        "_ = new StoryRequest\n{\n    Prompt = text, // what to show\n    Mode = null, // open\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text, // what to show\n    {|KLG111:Shots = []|}, // none yet\n};",
        "_ = new StoryRequest\n{\n    Prompt = text, // what to show\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text, // what to show\n    {|KLG111:Shots = []|} // none yet\n};",
        "_ = new StoryRequest\n{\n    Prompt = text // what to show\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text,\n\n    // How fast.\n    {|KLG111:Shots = []|},\n    // How good.\n    Mode "
            + "= null,\n};",
        "_ = new StoryRequest\n{\n    Prompt = text,\n\n    // How fast.\n    // How good.\n    Mode = null,\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text, {|KLG111:Shots = []|}, Mode = null, // all\n};",
        "_ = new StoryRequest\n{\n    Prompt = text, Mode = null, // all\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text,\n#pragma warning disable CS0618\n    {|KLG111:Shots = []|},\n#pragma warning "
            + "restore CS0618\n    Mode = null,\n};",
        "_ = new StoryRequest\n{\n    Prompt = text,\n#pragma warning disable CS0618\n#pragma warning restore CS0618\n    Mode "
            + "= null,\n};")]
    [InlineData(
        "_ = new StoryRequest\n{\n    Prompt = text,\n    {|KLG111:Shots =\n    [\n        new(),\n    ]|},\n    Mode = null,\n};",
        "_ = new StoryRequest\n{\n    Prompt = text,\n    Mode = null,\n};")]
    public Task A_member_that_another_excludes_is_removed(string before, string after) => FixTest<RemoveMemberFix>.Expect(before, after);

    [Theory]
    [InlineData("_ = new ClipRequest { Prompt = text, OldPrompt = text, Title = text };", "_ = new ClipRequest { Prompt = text, Title = text };")]
    [InlineData("_ = new ClipRequest { Prompt = text, Title = text, OldPrompt = text };", "_ = new ClipRequest { Prompt = text, Title = text };")]
    [InlineData("_ = new ClipRequest { OldPrompt = text, Prompt = text, Title = text };", "_ = new ClipRequest { Prompt = text, Title = text };")]
    [InlineData(
        "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = text,\n    OldPrompt = text,\n};",
        "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = text,\n};")]
    [InlineData(
        "_ = new ClipRequest { Prompt = text, Title = text } with { OldPrompt = text, Mode = null };",
        "_ = new ClipRequest { Prompt = text, Title = text } with { Mode = null };")]
    public Task A_deprecated_member_is_removed(string before, string after) => Mend.Expect(new RemoveMemberFix(), "KLG115", before, after);

    [Fact]
    public Task The_servers_default_is_removed() => FixTest<RemoveMemberFix>.Expect(
        "_ = new Shot { Length = {|KLG114:ShotLength.Length5|}, VideoUrl = text };", "_ = new Shot { VideoUrl = text };");

    [Theory]
    [InlineData(
        "_ = CLIP{ Duration = {|KLG114:ClipDuration.Duration5|}, Guidance = {|KLG114:0.5|}, Steps = {|KLG114:25|} };",
        "_ = new ClipRequest { Prompt = \"x\", Title = \"x\" };")]
    [InlineData(
        "_ = CLIP{ Duration = {|KLG114:ClipDuration.Duration5|}, Seed = 1, Guidance = {|KLG114:0.5|}, Steps = {|KLG114:25|} };",
        "_ = CLIP{ Seed = 1 };")]
    [InlineData(
        "_ = CLIP{\n    Duration = {|KLG114:ClipDuration.Duration5|},\n    Seed = 1,\n    Steps = {|KLG114:25|}\n};",
        "_ = CLIP{\n    Seed = 1\n};")]
    [InlineData(
        "_ = CLIP{ Steps = {|KLG114:25|} }; _ = new StoryRequest { Prompt = text, {|KLG111:Shots = []|} };",
        "_ = new ClipRequest { Prompt = \"x\", Title = \"x\" }; _ = new StoryRequest { Prompt = text };")]
    public Task Fix_all_leaves_none_behind(string before, string after) => FixTest<RemoveMemberFix>.Expect(before, after);

    [Fact]
    public async Task Where_it_is_only_read_there_is_nothing_to_remove()
        => Assert.Empty(await Mend.Offers(new RemoveMemberFix(), "KLG115",
            "Console.WriteLine(new ClipRequest { Prompt = text, Title = text }.OldPrompt);"));
}
