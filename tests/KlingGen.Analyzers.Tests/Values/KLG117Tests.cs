using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Numbers for enums, which do not compile: the message says what to write.</summary>
public sealed class KLG117Tests
{
    [Theory]
    [InlineData("Duration = 10", "'duration' is written ClipDuration.Duration10, not 10")]
    [InlineData("FrameRate = 24", "'frame_rate' is written ClipFrameRate.Rate24, not 24")]
    [InlineData("Duration = 7", "'duration' must be one of '5' or '10', not 7; the nearest is '5'")]
    public async Task The_message_says_what_to_write(string member, string message)
        => Assert.Equal([message], await Mend.Messages("_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + member + " };"));

    [Theory]
    [InlineData("Duration = \"10\"")]
    [InlineData("Duration = number")]
    [InlineData("Steps = \"10\"")]
    public async Task What_the_compiler_says_alone_is_not_repeated(string member)
        => Assert.Empty(await Mend.Messages("_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + member + " };"));

    [Fact]
    public void It_has_a_fix() => Assert.Contains("KLG117", new EnumValueFix().FixableDiagnosticIds);
}
