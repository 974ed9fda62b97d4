using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>The fixes for values, as far as one answer is obvious.</summary>
public sealed class ValueFixTests
{
    private static readonly NearestValueFix Nearest = new();

    [Theory]
    [InlineData("Guidance = 1.5", "Guidance = 1")]
    [InlineData("Guidance = -0.5 * 3", "Guidance = 0")]
    [InlineData("Steps = 51", "Steps = 50")]
    [InlineData("Steps = some ? 0 : 5", "Steps = some ? 1 : 5")]
    [InlineData("Look = new() { Grain = 9 }", "Look = new() { Grain = 1 }")]
    public Task A_number_out_of_range_becomes_the_limit(string before, string after) => Mend.Expect(Nearest, "KLG102", Request(before), Request(after));

    [Fact]
    public Task All_numbers_of_a_file_are_mended_at_once()
        => Mend.ExpectAll(Nearest, "KLG102", Request("Guidance = 1.5, Steps = 0, Look = new() { Grain = 2 }"), Request("Guidance = 1, Steps = 1, Look = new() { Grain = 1 }"));

    [Theory]
    [InlineData("Strength = 1")]
    [InlineData("Shift = 0.7")]
    [InlineData("Guidance = double.NaN")]
    public async Task Where_no_value_is_the_nearest_none_is_offered(string members) => Assert.Empty(await Mend.Offers(Nearest, "KLG102", Request(members)));

    [Fact]
    public void A_text_is_never_cut() => Assert.DoesNotContain("KLG101", FixTable.All.SelectMany(fix => fix.FixableDiagnosticIds));

    private static string Request(string members) => "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };";
}
