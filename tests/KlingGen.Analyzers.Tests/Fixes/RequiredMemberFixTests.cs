using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class RequiredMemberFixTests
{
    private static readonly RequiredMemberFix Fix = new();

    [Theory]
    [InlineData("_ = new ClipRequest { Prompt = text };", "_ = new ClipRequest { Prompt = text, Title = \"\" };")]
    [InlineData("ClipRequest request = new() { Guidance = 0.5 }; _ = request;", "ClipRequest request = new() { Guidance = 0.5, Prompt = \"\", Title = \"\" }; _ = request;")]
    [InlineData("_ = new ClipRequest { Prompt = text, Title = text, ImageSize = new Size { Width = 64 } };", "_ = new ClipRequest { Prompt = text, Title = text, ImageSize = new Size { Width = 64, Height = 0 } };")]
    [InlineData("_ = new ClipRequest\n{\n    Prompt = text,\n};", "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = \"\",\n};")]
    [InlineData("_ = new ClipRequest\n{\n    Prompt = text\n};", "_ = new ClipRequest\n{\n    Prompt = text,\n    Title = \"\"\n};")]
    public Task What_is_missing_is_added_in_order(string before, string after) => Mend.Expect(Fix, "CS9035", before, after);

    [Fact]
    public async Task One_offer_names_all_that_is_missing()
        => Assert.Equal(["Add Prompt, Title"], await Mend.Offers(Fix, "CS9035", "_ = new ClipRequest { };"));

    [Fact]
    public async Task Types_of_others_are_left_alone()
        => Assert.Empty(await Mend.Offers(Fix, "CS9035", """
            class Mine
            {
                public required string Name { get; init; }
                public static Mine Make() => new();
            }
            """));
}
