using KlingGen.Naming;

namespace KlingGen.Core.Tests.Naming;

public sealed class NameSetTests
{
    [Theory]
    [InlineData("Hope ", "Hope", "Hope_", "Hope")]
    [InlineData("fps", "Fps", "fps", "Fps")]
    public void String_that_equals_the_name_keeps_it(string first, string second, string firstName, string secondName)
    {
        var expected = new Dictionary<string, string> { [first] = firstName, [second] = secondName };
        Assert.Equal(expected, Assigned(first, second));
        Assert.Equal(expected, Assigned(second, first));
    }

    [Theory]
    [InlineData("a b", "a_b", "A B")]
    [InlineData("A B", "a_b", "a b")]
    [InlineData("a_b", "A B", "a b")]
    public void Names_do_not_depend_on_the_order(params string[] words)
        => Assert.Equal(new Dictionary<string, string> { ["a b"] = "AB_x20", ["a_b"] = "a_b", ["A B"] = "A_B" }, Assigned(words));

    [Fact]
    public void Strings_that_differ_in_signs_alone_get_the_code_of_the_sign()
        => Assert.Equal(
            new Dictionary<string, string>
            {
                ["ai-taiwan"] = "AiTaiwan_x2D",
                ["ai_taiwan"] = "ai_taiwan",
                ["ai taiwan"] = "AiTaiwan_x20",
                ["ai.taiwan"] = "AiTaiwan_x2E",
            },
            Assigned("ai-taiwan", "ai_taiwan", "ai taiwan", "ai.taiwan"));

    [Fact]
    public void String_that_is_added_takes_over_no_name()
    {
        var before = Assigned("ai-taiwan", "Hope");
        foreach (var word in (string[])["ai taiwan", "ai_taiwan", "AI TAIWAN", "Hope ", "hope"])
        {
            foreach (var (wire, name) in Assigned("ai-taiwan", "Hope", word))
                Assert.False(before.ContainsValue(name) && before.GetValueOrDefault(wire) != name);
        }
    }

    [Theory]
    [InlineData("object", "Object")]
    [InlineData("equals", "Equals")]
    [InlineData("object", "Object", "OBJECT", "object_", "Object_", "object!")]
    [InlineData("toString", "ToString", "tostring", "to_string")]
    [InlineData("_", "__", "", " ", "-")]
    [InlineData("5", "_5", "05", "5 ")]
    public void Words_whose_plain_form_is_reserved_get_names_in_any_order(params string[] words)
    {
        var expected = EnumNames(words);
        Assert.Equal(words.Length, expected.Values.Distinct().Count());
        for (var seed = 0; seed < 24; seed++)
        {
            var shuffled = (string[])words.Clone();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, EnumNames(shuffled));
        }
    }

    [Fact]
    public void Word_that_equals_the_identifier_keeps_it_beside_a_keyword()
        => Assert.Equal(new Dictionary<string, string> { ["object"] = "Object_", ["Object"] = "Object" }, EnumNames("object", "Object"));

    [Fact]
    public void Chosen_name_comes_before_one_by_rule()
        => Assert.Equal(["wing", "Wing"], new NameSet().Assign([new NameWish("Wing", "wing"), new NameWish("Wing", "fairy_wing", IsChosen: true)]));

    [Theory]
    [InlineData("class", "Class_")]
    [InlineData("5", "Class_")]
    [InlineData("", "Class_")]
    [InlineData("_", "Class_x5F")]
    [InlineData("class_", "class_")]
    public void String_that_is_no_identifier_is_named_by_its_signs(string wire, string expected)
        => Assert.Equal([expected], new NameSet("Class").Assign([new NameWish("Class", wire)]));

    [Fact]
    public void A_reserved_name_is_taken()
    {
        var names = new NameSet("Extra");
        names.Reserve("Raw");
        Assert.Equal(["extra"], names.Assign([new NameWish("Extra", "extra")]));
        Assert.Equal("Raw_2", names.Count("Raw"));
    }

    [Fact]
    public void Names_that_differ_in_case_are_two_names() => Assert.Equal(["AI"], new NameSet("Ai").Assign([new NameWish("AI", "AI")]));

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
        Assert.Equal(["extra"], new NameSet(reserved).Assign([new NameWish("Extra", "extra")]));
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

    private static Dictionary<string, string> EnumNames(params string[] words)
    {
        var wishes = Array.ConvertAll(words, word => new NameWish(NameRules.EnumValue(word, "Mode", isMixed: true), word));
        return words.Zip(new NameSet(ReservedNames.InEnums).Assign(wishes)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static Dictionary<string, string> Assigned(params string[] words)
    {
        var names = new NameSet().Assign([.. words.Select(word => new NameWish(IdentifierWords.Pascal(word), word))]);
        return words.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
