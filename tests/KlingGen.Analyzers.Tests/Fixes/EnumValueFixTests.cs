using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class EnumValueFixTests
{
    private static readonly EnumValueFix Fix = new();

    [Theory]
    [InlineData("Duration = \"10\"", "Duration = ClipDuration.Duration10")]
    [InlineData("Duration = (\"10\")", "Duration = (ClipDuration.Duration10)")]
    [InlineData("Mode = \"draft\"", "Mode = ClipMode.Draft")]
    [InlineData("Mode = \"DRAFT\"", "Mode = ClipMode.Draft")]
    [InlineData("Mode = \" final \"", "Mode = ClipMode.Final")]
    [InlineData("Mode = \"draught\"", "Mode = ClipMode.Draft")]
    public Task A_word_from_fals_pages_becomes_the_value(string before, string after) => Mend.Expect(Fix, "CS0029", Request(before), Request(after));

    [Theory]
    [InlineData("Duration = 10", "Duration = ClipDuration.Duration10")]
    [InlineData("Duration = 9", "Duration = ClipDuration.Duration10")]
    [InlineData("Duration = 1", "Duration = ClipDuration.Duration5")]
    [InlineData("FrameRate = 24", "FrameRate = ClipFrameRate.Rate24")]
    [InlineData("FrameRate = 60", "FrameRate = ClipFrameRate.Rate30")]
    public Task A_number_becomes_the_value_that_says_it(string before, string after) => Mend.Expect(Fix, "CS0266", Request(before), Request(after));

    [Theory]
    [InlineData("Duration = (ClipDuration)10", "Duration = ClipDuration.Duration10")]
    [InlineData("Duration = (ClipDuration?)7", "Duration = ClipDuration.Duration5")]
    [InlineData("Duration = default(ClipDuration)", "Duration = ClipDuration.Duration5")]
    [InlineData("FrameRate = (ClipFrameRate)25", "FrameRate = ClipFrameRate.Rate24")]
    [InlineData("Mode = some ? ClipMode.Draft : (ClipMode)3", "Mode = some ? ClipMode.Draft : ClipMode.Draft")]
    [InlineData("Look = new() { Style = \"rich-color\" }", "Look = new() { Style = LookStyle.RichColour }")]
    [InlineData("Look = new() { Style = new LookStyle(\"plian\") }", "Look = new() { Style = LookStyle.Plain }")]
    public Task A_value_that_its_enum_does_not_name_becomes_one_that_it_does(string before, string after) => Mend.Expect(Fix, "KLG107", Request(before), Request(after));

    [Fact]
    public async Task What_is_meant_exactly_is_offered_alone_and_else_the_nearest_are()
    {
        Assert.Equal(["Use ClipMode.Final"], await Mend.Offers(Fix, "CS0029", Request("Mode = \"final\"")));
        Assert.Equal(["Use ClipMode.Final", "Use ClipMode.Draft"], await Mend.Offers(Fix, "CS0029", Request("Mode = \"fine\"")));
    }

    [Fact]
    public Task All_words_of_a_file_are_mended_at_once() => Mend.ExpectAll(
        Fix, "CS0029",
        Request("Mode = \"draft\", Duration = \"5\"") + " " + Request("Mode = \"final\""),
        Request("Mode = ClipMode.Draft, Duration = ClipDuration.Duration5") + " " + Request("Mode = ClipMode.Final"));

    [Theory]
    [InlineData("DayOfWeek day = \"Monday\"; _ = day;")]
    [InlineData("int count = \"5\"; _ = count;")]
    [InlineData("ClipMode mode = text; _ = mode;")]
    public async Task Enums_of_others_and_unknown_words_are_left_alone(string statement) => Assert.Empty(await Mend.Offers(Fix, "CS0029", statement));

    private static string Request(string members) => "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };";
}
