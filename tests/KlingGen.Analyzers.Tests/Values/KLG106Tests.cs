namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Elements that occur twice.</summary>
public sealed class KLG106Tests
{
    [Theory]
    [InlineData("""Tags = ["red", "blue", {|KLG106:"red"|}]""", "'tags' must not contain duplicate elements; element 2 equals an earlier one")]
    [InlineData("""Tags = new[] { "red", {|KLG106:"r" + "ed"|} }""", "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData(
        """Tags = [.. text.Split(), "red", {|KLG106:"red"|}]""",
        "'tags' must not contain duplicate elements; this element equals an earlier one")]
    [InlineData(
        """ReferenceImageUrls = ["https://a.example/1.png", {|KLG106:"https://a.example/1.png"|}]""",
        "'reference_image_urls' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData("""Tags = ["red", {|KLG106:@"red"|}]""", "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData("""Tags = ["red", ({|KLG106:"red"|})]""", "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData("""Tags = [nameof(Task), {|KLG106:"Task"|}]""", "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData(
        """Tags = (IReadOnlyList<string>)["red", {|KLG106:"red"|}]""",
        "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    [InlineData(
        """Tags = some ? ["red"] : ["red", {|KLG106:"red"|}]""", "'tags' must not contain duplicate elements; element 1 equals an earlier one")]
    public async Task It_fires_at_the_second_one(string member, string message)
        => Assert.Equal([message], await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Theory]
    [InlineData("""Tags = ["red", "Red"]""")]
    [InlineData("""Tags = ["red", ("blue"), @"green"]""")]
    [InlineData("""Tags = [nameof(Task), "red"]""")]
    [InlineData("""Tags = (IReadOnlyList<string>)["red", "blue"]""")]
    [InlineData("""Tags = [text, text]""")]
    [InlineData("""Levels = [1, 1]""")]
    [InlineData("""ReferenceImageUrls = ["https://a.example/1.png", "https://a.example/2.png"]""")]
    public async Task A_near_miss_is_quiet(string member)
        => Assert.Empty(await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", {{member}} };"""));

    [Fact]
    public async Task A_long_list_is_looked_through_to_its_end()
    {
        var texts = string.Join(", ", Enumerable.Range(10, 16).Select(number => $"\"{number}\""));
        Assert.Equal(
            ["'tags' must have at most 3 elements, not 17", "'tags' must not contain duplicate elements; element 16 equals an earlier one"],
            await Analyze.Expect($$"""_ = new ClipRequest { Prompt = "x", Title = "x", Tags = {|KLG105:[{{texts}}, {|KLG106:"10"|}]|} };"""));
    }

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Fal.Wire.Mine
            {
                class SpecUniqueAttribute : Attribute { }
                class LookAlike { [SpecUnique] public IReadOnlyList<int>? Levels { get; init; } public LookAlike Make()
                    => new() { Levels = [1, 1] }; }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal.Wire
            {
                class SpecUniqueAttribute : Attribute { }
                interface IFalObject<T> { void Check(object checks); }
                class ClipRequest : IFalObject<ClipRequest>
                {
                    [SpecUnique] public IReadOnlyList<int>? Levels { get; init; }
                    public void Check(object checks) { }
                    public ClipRequest Make() => new() { Levels = [1, 1] };
                }
            }
            """, Origin.Nowhere);
}
