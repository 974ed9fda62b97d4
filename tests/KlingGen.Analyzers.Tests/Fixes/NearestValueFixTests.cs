using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>A number out of range becomes the limit.</summary>
public sealed class NearestValueFixTests
{
    [Theory]
    [InlineData("_ = CLIP{ Guidance = {|KLG102:1.5|} };", "_ = CLIP{ Guidance = 1 };")]
    [InlineData("_ = CLIP{ Guidance = {|KLG102:-0.5 * 3|} };", "_ = CLIP{ Guidance = 0 };")]
    [InlineData("_ = CLIP{ Steps = {|KLG102:51|} /* many */ };", "_ = CLIP{ Steps = 50 /* many */ };")]
    [InlineData("_ = CLIP{ Steps = some ? {|KLG102:0|} : 5 };", "_ = CLIP{ Steps = some ? 1 : 5 };")]
    [InlineData("int? given = null; _ = CLIP{ Steps = given ?? {|KLG102:0|} };", "int? given = null; _ = CLIP{ Steps = given ?? 1 };")]
    [InlineData("_ = CLIP{ Levels = [{|KLG102:0|}, 9] };", "_ = CLIP{ Levels = [1, 9] };")]
    [InlineData("_ = CLIP{ Look = new() { Grain = {|KLG102:9|} } };", "_ = CLIP{ Look = new() { Grain = 1 } };")]
    [InlineData(
        "_ = CLIP{ Guidance = {|KLG102:1.5|}, Steps = {|KLG102:0|}, Look = new() { Grain = {|KLG102:2|} } };",
        "_ = CLIP{ Guidance = 1, Steps = 1, Look = new() { Grain = 1 } };")]
    public Task The_number_becomes_the_limit(string before, string after) => FixTest<NearestValueFix>.Expect(before, after);

    [Theory]
    [InlineData("Strength = 1")]
    [InlineData("Shift = 0.7")]
    [InlineData("Guidance = double.NaN")]
    public async Task Where_no_value_is_the_nearest_none_is_offered(string members)
        => Assert.Empty(await Mend.Offers(new NearestValueFix(), "KLG102",
            "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };"));

    [Fact]
    public void A_string_is_never_cut() => Assert.DoesNotContain("KLG101", FixTable.All.SelectMany(fix => fix.FixableDiagnosticIds));
}
