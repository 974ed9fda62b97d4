using KlingGen.Naming;

namespace KlingGen.Core.Tests.Naming;

public sealed class IdentifierWordsTests
{
    [Theory]
    [InlineData("prompt", "Prompt")]
    [InlineData("cfg_scale", "CfgScale")]
    [InlineData("image-to-video", "ImageToVideo")]
    [InlineData("imageToVideo", "ImageToVideo")]
    [InlineData("aspect ratio", "AspectRatio")]
    [InlineData("let's_ride", "LetsRide")]
    [InlineData("let’s ride", "LetsRide")]
    [InlineData("3d_cartoon_1_pro", "3dCartoon1Pro")]
    [InlineData("16:9", "16x9")]
    [InlineData("512×512", "512x512")]
    [InlineData("v1.6", "V1_6")]
    [InlineData("v2.1.3", "V2_1_3")]
    [InlineData("1-2", "1_2")]
    [InlineData("5", "5")]
    [InlineData("1K", "1K")]
    [InlineData("1080p", "1080p")]
    [InlineData("AOT", "AOT")]
    [InlineData("MP4", "MP4")]
    [InlineData("IN_PROGRESS", "InProgress")]
    [InlineData("COMPLETED", "Completed")]
    [InlineData("NONE", "NONE")]
    [InlineData("A_B", "AB")]
    [InlineData("OpenAPI", "OpenAPI")]
    [InlineData("H.264", "H264")]
    [InlineData("-1", "Minus1")]
    [InlineData("c++", "CPlusPlus")]
    [InlineData("100%", "100Percent")]
    [InlineData("rock&roll", "RockAndRoll")]
    [InlineData("a@b", "AAtB")]
    [InlineData("f#", "FSharp")]
    [InlineData("<5", "Less5")]
    [InlineData(">=5", "GreaterEqual5")]
    [InlineData("*", "Star")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("__", "")]
    [InlineData("!?", "")]
    [InlineData("__private", "Private")]
    [InlineData("größe", "Größe")]
    [InlineData("日本語", "日本語")]
    [InlineData("e\u0301toile", "Étoile")]
    [InlineData("zero\u200Bwidth", "Zerowidth")]
    [InlineData("smile😀face", "SmileFace")]
    [InlineData("lone\uD800end", "LoneEnd")]
    [InlineData("istanbul", "Istanbul")]
    public void Pascal_makes_one_word(string text, string expected) => Assert.Equal(expected, IdentifierWords.Pascal(text));

    [Theory]
    [InlineData("Prompt", "prompt")]
    [InlineData("CfgScale", "cfgScale")]
    [InlineData("AOT", "aot")]
    [InlineData("AOTVoice", "aotVoice")]
    [InlineData("A", "a")]
    [InlineData("", "")]
    [InlineData("_4k", "_4k")]
    [InlineData("Class", "class")]
    public void Camel_lowers_the_first_word(string pascal, string expected) => Assert.Equal(expected, IdentifierWords.Camel(pascal));

    [Theory]
    [InlineData("Prompt", "prompt")]
    [InlineData("CfgScale", "cfg_scale")]
    [InlineData("ImageUrl", "image_url")]
    [InlineData("AOTVoice", "aot_voice")]
    [InlineData("V1_6", "v1_6")]
    [InlineData("Url", "url")]
    public void Snake_writes_as_fal_does(string pascal, string expected)
    {
        Assert.Equal(expected, IdentifierWords.Snake(pascal));
        Assert.True(IdentifierWords.IsSnake(expected, pascal));
    }

    [Theory]
    [InlineData("CfgScale", "cfgscale")]
    [InlineData("CfgScale", "cfg_scal")]
    [InlineData("CfgScale", "cfg_scales")]
    [InlineData("CfgScale", "cfg")]
    [InlineData("CfgScale", "cfg_")]
    [InlineData("CfgScale", "Cfg_Scale")]
    [InlineData("CfgScale", "")]
    [InlineData("", "a")]
    public void Anything_else_is_not_how_fal_writes_it(string pascal, string wire) => Assert.False(IdentifierWords.IsSnake(wire, pascal));

    [Theory]
    [InlineData("ai_taiwan", "ai_taiwan")]
    [InlineData("ai-taiwan", "ai_taiwan")]
    [InlineData("16:9", "16_9")]
    [InlineData("", "")]
    [InlineData("a b", "a_b")]
    public void Raw_stays_close_to_the_wire(string text, string expected) => Assert.Equal(expected, IdentifierWords.Raw(text));

    [Theory]
    [InlineData("cfg_scale")]
    [InlineData("image_url")]
    [InlineData("negative_prompt")]
    [InlineData("first_frame_image")]
    public void Most_wire_names_can_be_read_back_from_the_member(string wire)
        => Assert.Equal(wire, IdentifierWords.Snake(IdentifierWords.Pascal(wire)));
}
