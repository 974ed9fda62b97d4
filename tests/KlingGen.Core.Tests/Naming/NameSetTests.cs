using KlingGen.Naming;

namespace KlingGen.Core.Tests.Naming;

public sealed class NameSetTests
{
    [Fact]
    public void The_first_keeps_the_name_and_the_second_is_written_closer_to_the_wire()
    {
        var names = new NameSet();
        Assert.Equal("AiTaiwan", names.Take("AiTaiwan", "ai-taiwan"));
        Assert.Equal("ai_taiwan", names.Take("AiTaiwan", "ai_taiwan"));
        Assert.Equal("AiTaiwan_2", names.Take("AiTaiwan", "ai taiwan"));
        Assert.Equal("AiTaiwan_3", names.Take("AiTaiwan", "ai.taiwan"));
    }

    [Theory]
    [InlineData("class", "Class_2")]
    [InlineData("5", "Class_2")]
    [InlineData("", "Class_2")]
    [InlineData("_", "Class_2")]
    [InlineData("class_", "class_")]
    public void A_wire_word_that_is_no_identifier_is_counted_instead(string wire, string expected)
    {
        var names = new NameSet("Class");
        Assert.Equal(expected, names.Take("Class", wire));
    }

    [Fact]
    public void A_reserved_name_is_taken()
    {
        var names = new NameSet("Extra");
        names.Reserve("Raw");
        Assert.Equal("extra", names.Take("Extra", "extra"));
        Assert.Equal("Raw_2", names.Count("Raw"));
    }

    [Fact]
    public void Names_that_differ_in_case_are_two_names() => Assert.Equal("AI", new NameSet("Ai").Take("AI", "AI"));

    [Fact]
    public void A_set_that_ignores_case_tells_files_apart()
    {
        var names = new NameSet(StringComparer.OrdinalIgnoreCase);
        names.Reserve("Clip");
        Assert.Equal("clip_2", names.Count("clip"));
    }

    [Fact]
    public void A_reserved_name_is_never_given_and_reserving_is_not_shared()
    {
        var reserved = new HashSet<string> { "Extra" };
        Assert.Equal("extra", new NameSet(reserved).Take("Extra", "extra"));
        Assert.Equal("Extra_2", new NameSet(reserved).Count("Extra"));
        Assert.Equal("Prompt", new NameSet(reserved).Count("Prompt"));
        Assert.Equal("Prompt", new NameSet(reserved).Count("Prompt"));
        Assert.Single(reserved);
    }

    [Fact]
    public void Counting_skips_what_is_taken()
    {
        var names = new NameSet("A", "A_2");
        Assert.Equal("A_3", names.Count("A"));
    }
}
