using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>Words and numbers become the enum values that they spell.</summary>
public sealed class EnumValueFixTests
{
    [Theory]
    [InlineData("_ = CLIP{ Duration = {|CS0029:\"10\"|} };", "_ = CLIP{ Duration = ClipDuration.Duration10 };")]
    [InlineData("_ = CLIP{ Duration = ({|CS0029:\"10\"|}) };", "_ = CLIP{ Duration = (ClipDuration.Duration10) };")]
    [InlineData("_ = CLIP{ Mode = {|CS0029:\"draft\"|} };", "_ = CLIP{ Mode = ClipMode.Draft };")]
    [InlineData("_ = CLIP{ Mode = {|CS0029:\"DRAFT\"|} };", "_ = CLIP{ Mode = ClipMode.Draft };")]
    [InlineData("_ = CLIP{ Mode = {|CS0029:\" final \"|} };", "_ = CLIP{ Mode = ClipMode.Final };")]
    [InlineData("_ = CLIP{ Mode = {|CS0029:\"draught\"|} };", "_ = CLIP{ Mode = ClipMode.Draft };")]
    [InlineData("_ = CLIP{ Mode = {|CS0029:\"draft\"|} /* fast */ };", "_ = CLIP{ Mode = ClipMode.Draft /* fast */ };")]
    [InlineData("_ = CLIP{ Parts = [{|CS0029:\"left\"|}, ClipPart.Right] };", "_ = CLIP{ Parts = [ClipPart.Left, ClipPart.Right] };")]
    [InlineData("ClipMode mode = {|CS0029:\"final\"|}; _ = mode;", "ClipMode mode = ClipMode.Final; _ = mode;")]
    [InlineData(
        "_ = Make({|CS1503:\"draft\"|}); static ClipMode Make(ClipMode mode) => mode;",
        "_ = Make(ClipMode.Draft); static ClipMode Make(ClipMode mode) => mode;")]
    [InlineData(
        "_ = Make(mode: {|CS1503:\"draft\"|}); static ClipMode Make(int n = 0, ClipMode mode = default) => mode;",
        "_ = Make(mode: ClipMode.Draft); static ClipMode Make(int n = 0, ClipMode mode = default) => mode;")]
    [InlineData(
        "var list = new List<ClipPart> { {|CS1950:{|CS1503:\"left\"|}|} }; _ = list;",
        "var list = new List<ClipPart> { ClipPart.Left }; _ = list;")]
    public Task A_word_becomes_the_value(string before, string after) => FixTest<EnumValueFix>.Expect(before, after);

    [Theory]
    [InlineData("_ = CLIP{ Duration = {|CS0266:{|KLG117:10|}|} };", "_ = CLIP{ Duration = ClipDuration.Duration10 };")]
    [InlineData("_ = CLIP{ Duration = {|CS0266:{|KLG107:9|}|} };", "_ = CLIP{ Duration = ClipDuration.Duration10 };")]
    [InlineData("_ = CLIP{ Duration = {|CS0266:{|KLG107:1|}|} };", "_ = CLIP{ Duration = ClipDuration.Duration5 };")]
    [InlineData("_ = CLIP{ FrameRate = {|CS0266:{|KLG117:24|}|} };", "_ = CLIP{ FrameRate = ClipFrameRate.Rate24 };")]
    [InlineData("_ = CLIP{ FrameRate = {|CS0266:{|KLG107:60|}|} };", "_ = CLIP{ FrameRate = ClipFrameRate.Rate30 };")]
    public Task A_number_becomes_the_value_that_it_spells(string before, string after) => FixTest<EnumValueFix>.Expect(before, after);

    [Theory]
    [InlineData("_ = CLIP{ Duration = {|KLG107:(ClipDuration)10|} };", "_ = CLIP{ Duration = ClipDuration.Duration10 };")]
    [InlineData("_ = CLIP{ Duration = {|KLG107:(ClipDuration?)7|} };", "_ = CLIP{ Duration = ClipDuration.Duration5 };")]
    [InlineData("_ = CLIP{ Duration = {|KLG107:default(ClipDuration)|} };", "_ = CLIP{ Duration = ClipDuration.Duration5 };")]
    [InlineData("_ = CLIP{ FrameRate = {|KLG107:(ClipFrameRate)25|} };", "_ = CLIP{ FrameRate = ClipFrameRate.Rate24 };")]
    [InlineData("_ = CLIP{ Mode = some ? ClipMode.Draft : {|KLG107:(ClipMode)3|} };", "_ = CLIP{ Mode = some ? ClipMode.Draft : ClipMode.Draft };")]
    [InlineData("_ = CLIP{ Look = new() { Style = {|KLG107:\"rich-color\"|} } };", "_ = CLIP{ Look = new() { Style = LookStyle.RichColour } };")]
    [InlineData("_ = CLIP{ Look = new() { Style = {|KLG107:new LookStyle(\"plian\")|} } };", "_ = CLIP{ Look = new() { Style = LookStyle.Plain } };")]
    [InlineData("_ = CLIP{ Parts = [ClipPart.Left, {|KLG107:(ClipPart)9|}] };", "_ = CLIP{ Parts = [ClipPart.Left, ClipPart.Left] };")]
    public Task A_value_that_its_enum_does_not_have_becomes_one_that_it_has(string before, string after)
        => FixTest<EnumValueFix>.Expect(before, after);

    [Fact]
    public async Task An_exact_match_is_offered_alone_and_otherwise_the_nearest_are()
    {
        Assert.Equal(["Use ClipMode.Final"], await Mend.Offers(new EnumValueFix(), "CS0029", Request("Mode = \"final\"")));
        Assert.Equal(["Use ClipMode.Final", "Use ClipMode.Draft"], await Mend.Offers(new EnumValueFix(), "CS0029", Request("Mode = \"fine\"")));
    }

    [Fact]
    public async Task Compiler_and_analyzer_together_lead_to_one_offer()
    {
        var snippet = Request("Duration = 10");
        Assert.Equal(["Use ClipDuration.Duration10"], await Mend.Offers(new EnumValueFix(), "CS0266", snippet, "KLG117"));
        Assert.Equal(
            ["'duration' is written ClipDuration.Duration10, not 10"],
            (await Mend.Messages(snippet)).Where(message => message.StartsWith('\'')));
    }

    [Theory]
    [InlineData("Mode = some ? \"draft\" : ClipMode.Final")]
    [InlineData("Mode = some ? \"draft\" : \"final\"")]
    [InlineData("Mode = (some ? \"draft\" : \"final\")")]
    [InlineData("Mode = request.Mode ?? \"draft\"")]
    [InlineData("Mode = number switch { 1 => \"draft\", _ => ClipMode.Final }")]
    [InlineData("Mode = number switch { 1 => \"draft\", _ => \"final\" }")]
    [InlineData("Parts = new[] { \"left\", \"right\" }")]
    [InlineData("Duration = some ? 10 : 5")]
    public async Task It_is_offered_inside_choices_lists_and_arrays(string member)
        => Assert.NotEmpty(await Mend.OffersAnywhere(new EnumValueFix(),
            "ClipRequest request = new() { Prompt = \"x\", Title = \"x\" }; " + Request(member)));

    [Fact]
    public Task Fix_all_takes_all_of_a_file() => FixTest<EnumValueFix>.Expect(
        "_ = CLIP{ Mode = {|CS0029:\"draft\"|}, Duration = {|CS0029:\"5\"|} }; _ = CLIP{ Mode = {|CS0029:\"final\"|} };",
        "_ = CLIP{ Mode = ClipMode.Draft, Duration = ClipDuration.Duration5 }; _ = CLIP{ Mode = ClipMode.Final };");

    [Theory]
    [InlineData("DayOfWeek day = \"Monday\"; _ = day;")]
    [InlineData("int count = \"5\"; _ = count;")]
    [InlineData("ClipMode mode = text; _ = mode;")]
    public async Task Enums_of_others_and_unknown_words_have_no_fix(string statement)
        => Assert.Empty(await Mend.Offers(new EnumValueFix(), "CS0029", statement));

    private static string Request(string members) => "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };";
}
