namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Members that fal has deprecated.</summary>
public sealed class KLG115Tests
{
    [Fact]
    public async Task The_compiler_fires_at_every_use()
        => Assert.Equal(
            ["'ClipRequest.OldPrompt' is obsolete: 'fal has deprecated 'old_prompt'.'",
                "'ClipRequest.OldPrompt' is obsolete: 'fal has deprecated 'old_prompt'.'"],
            await Analyze.Expect("""
                var request = new ClipRequest { Prompt = "x", Title = "x", {|KLG115:OldPrompt|} = "x" };
                Console.WriteLine({|KLG115:request.OldPrompt|});
                """));

    [Fact]
    public async Task It_leads_to_the_page_of_the_rule()
    {
        var text = Analyze.WholeFile("""_ = new ClipRequest { Prompt = "x", Title = "x", OldPrompt = "x" };""", Origin.Library);
        var found = Assert.Single(await Analyze.Run(text, Origin.Library));
        Assert.EndsWith("/generator/docs/rules/KLG115.md", found.Descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_members_are_quiet() => await Analyze.Expect("""_ = new ClipRequest { Prompt = "x", Title = "x", Negative = "x" };""");

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class OldAttribute : Attribute { }
                class LookAlike { [Old] public string? OldPrompt { get; init; } public LookAlike Make() => new() { OldPrompt = "x" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class OldAttribute : Attribute { }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [Old] public string? OldPrompt { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { OldPrompt = "x" };
                }
            }
            """, Origin.Nowhere);
}
