using System.Globalization;
using KlingGen.Text;

namespace KlingGen.Core.Tests;

public class IdentifierTests
{
    [Theory]
    [InlineData("A", true)]
    [InlineData("_a1", true)]
    [InlineData("Größe", true)]
    [InlineData("北京", true)]
    [InlineData("record", true)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("a-b", false)]
    [InlineData("a b", false)]
    [InlineData("class", false)]
    [InlineData("@class", false)]
    [InlineData("a\u200Db", false)]
    [InlineData("a\u00ADb", false)]
    [InlineData("a\uFEFF", false)]
    [InlineData("\u0301a", false)]
    [InlineData("a\u0301", true)]
    [InlineData("\uD83D\uDE00", false)]
    [InlineData("let's_ride", false)]
    public void It_knows_what_can_stand_as_an_identifier(string name, bool expected) => Assert.Equal(expected, Identifier.IsValid(name));

    [Theory]
    [InlineData("Fal", true)]
    [InlineData("Acme.Media.Fal", true)]
    [InlineData("Acme..Fal", false)]
    [InlineData(".Fal", false)]
    [InlineData("Acme.class", false)]
    [InlineData("Acme.1", false)]
    [InlineData("Acme; class X{} namespace Y", false)]
    [InlineData("", false)]
    public void It_knows_what_can_stand_as_a_namespace(string name, bool expected) => Assert.Equal(expected, Identifier.IsValidNamespace(name));

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("string", "@string")]
    [InlineData("record", "@record")]
    [InlineData("await", "@await")]
    [InlineData("field", "@field")]
    [InlineData("_", "@_")]
    [InlineData("Class", "Class")]
    [InlineData("prompt", "prompt")]
    public void A_word_that_the_language_uses_gets_an_at_sign(string name, string expected) => Assert.Equal(expected, Identifier.Escape(name));

    [Fact]
    public void A_reserved_word_is_a_keyword_and_a_contextual_one_is_not()
    {
        Assert.True(Identifier.IsKeyword("while"));
        Assert.False(Identifier.IsKeyword("var"));
        Assert.True(Identifier.IsContextualKeyword("var"));
        Assert.False(Identifier.IsContextualKeyword("prompt"));
    }

    [Theory]
    [InlineData("let's_ride", "let_s_ride")]
    [InlineData("3d_cartoon_1_pro", "_3d_cartoon_1_pro")]
    [InlineData("16:9", "_16_9")]
    [InlineData(" -- ", "_")]
    [InlineData("", "_")]
    [InlineData("a--b--", "a_b")]
    [InlineData("\u0301x", "_\u0301x")]
    public void Sanitizing_gives_the_nearest_identifier(string text, string expected) => Assert.Equal(expected, Identifier.Sanitize(text));

    [Fact]
    public void Sanitizing_any_character_gives_an_identifier()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var text in (string[])[((char)c).ToString(), "a" + (char)c, (char)c + "a", "1" + (char)c + "1"])
            {
                var name = Identifier.Sanitize(text);
                if (!Identifier.IsValid(name) && !Identifier.IsKeyword(name)) Assert.Fail($"U+{c:X4} gave '{name}'");
            }
        }
    }

    [Fact]
    public void Nothing_that_cannot_be_seen_is_part_of_an_identifier()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            if (!Identifier.IsPart((char)c)) continue;
            Assert.False(Characters.IsHidden((char)c) || Characters.IsSpace((char)c) || Characters.EndsLine((char)c), $"U+{c:X4}");
            Assert.NotEqual(UnicodeCategory.Format, CharUnicodeInfo.GetUnicodeCategory((char)c));
        }
    }

    [Fact]
    public void Payloads_lose_their_teeth()
    {
        foreach (var payload in CSharpText.Payloads) Assert.True(Identifier.IsValid(Identifier.Sanitize(payload)), payload);
    }
}
