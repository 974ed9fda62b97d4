using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class RemoveMemberFixTests
{
    private static readonly RemoveMemberFix Fix = new();

    [Theory]
    [InlineData("_ = new ClipRequest { Prompt = text, OldPrompt = text, Title = text };", "_ = new ClipRequest { Prompt = text, Title = text };")]
    [InlineData("_ = new ClipRequest { Prompt = text, Title = text, OldPrompt = text };", "_ = new ClipRequest { Prompt = text, Title = text };")]
    [InlineData("_ = new ClipRequest\n{\n    Prompt = text,\n    Title = text,\n    OldPrompt = text,\n};", "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = text,\n};")]
    [InlineData("_ = new ClipRequest { Prompt = text, Title = text } with { OldPrompt = text, Mode = null };", "_ = new ClipRequest { Prompt = text, Title = text } with { Mode = null };")]
    public Task A_deprecated_member_is_taken_out(string before, string after) => Mend.Expect(Fix, "KLG115", before, after);

    [Theory]
    [InlineData("_ = new StoryRequest { Prompt = \"x\", Shots = [] };", "_ = new StoryRequest { Prompt = \"x\" };")]
    [InlineData("_ = new StoryRequest { Shots = [], Prompt = text };", "_ = new StoryRequest { Shots = [] };")]
    [InlineData("_ = new Element { Front = text, Sides = [text], Film = text };", "_ = new Element { Front = text, Sides = [text] };")]
    public Task A_member_that_another_excludes_is_taken_out(string before, string after) => Mend.Expect(Fix, "KLG111", before, after);

    [Fact]
    public Task What_the_server_does_anyway_is_taken_out()
        => Mend.Expect(Fix, "KLG114", "_ = new Shot { Length = ShotLength.Length5, VideoUrl = text };", "_ = new Shot { VideoUrl = text };");

    [Fact]
    public async Task Where_it_is_only_read_there_is_nothing_to_take_out()
        => Assert.Empty(await Mend.Offers(Fix, "KLG115", "Console.WriteLine(new ClipRequest { Prompt = text, Title = text }.OldPrompt);"));
}
