namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Required texts that are empty.</summary>
public sealed class KLG104Tests
{
    [Theory]
    [InlineData("""Title = {|KLG104:""|}""", "'title' is required and must not be empty")]
    [InlineData("""Title = {|KLG104:string.Empty|}""", "'title' is required and must not be empty")]
    [InlineData("""Title = some ? text : {|KLG104:""|}""", "'title' is required and must not be empty")]
    public async Task It_fires_at_the_text(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", {{member}} };"""));

    [Theory]
    [InlineData("""Title = " " """)]
    [InlineData("""Title = text""")]
    [InlineData("""Title = "x", Negative = "" """)]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", {{member}} };"""));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecNameAttribute(string name) : Attribute { public string Name => name; }
                class LookAlike { public required string Title { get; init; } public LookAlike Make() => new() { Title = "" }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecNameAttribute(string name) : Attribute { public string Name => name; }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    public required string Title { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Title = "" };
                }
            }
            """, Origin.Nowhere);
}
