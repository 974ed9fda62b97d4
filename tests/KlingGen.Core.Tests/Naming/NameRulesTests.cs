using KlingGen.Model;
using KlingGen.Naming;

namespace KlingGen.Core.Tests.Naming;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("fal-ai", "kling-video", "fal-ai/kling-video", "KlingVideo", "KlingVideo")]
    [InlineData("bria", "fibo", "bria/fibo", "Bria.Fibo", "Fibo")]
    [InlineData("", "shapes", "shapes", "Shapes", "Shapes")]
    [InlineData("fal-ai", "3d-heron", "fal-ai/3d-heron", "_3dHeron", "_3dHeron")]
    [InlineData("fal-ai", "wire", "fal-ai/wire", "WireApp", "WireApp")]
    [InlineData("fal-ai", "system", "fal-ai/system", "SystemApp", "SystemApp")]
    [InlineData("fal-ai", "fal", "fal-ai/fal", "FalApp", "FalApp")]
    [InlineData("fal-ai", "fal-media", "fal-ai/fal-media", "FalMediaApp", "FalMediaApp")]
    [InlineData("fal-ai", "heron-app", "fal-ai/heron-app", "HeronAppApp", "HeronAppApp")]
    [InlineData("fal-ai", "dispose", "fal-ai/dispose", "DisposeApp", "DisposeApp")]
    [InlineData("fal-ai", "app", "fal-ai/app", "App", "App")]
    [InlineData("microsoft", "draw", "microsoft/draw", "MicrosoftApp.Draw", "Draw")]
    [InlineData("workflows-acme", "lumen", "workflows-acme/lumen", "WorkflowsAcme.Lumen", "Lumen")]
    public void An_app_has_one_namespace(string owner, string alias, string id, string ns, string name)
        => Assert.Equal(new AppModel(id, ns, name), NameRules.App(owner, alias));

    [Theory]
    [InlineData("v1.6", "V1_6")]
    [InlineData("image-to-video", "ImageToVideo")]
    [InlineData("4k", "Resolution4k")]
    [InlineData("480p", "Resolution480p")]
    [InlineData("14b", "Model14b")]
    [InlineData("0.6b", "Model0_6b")]
    [InlineData("3.2", "V3_2")]
    [InlineData("2", "V2")]
    [InlineData("3d-objects", "_3dObjects")]
    [InlineData("standard", "Standard")]
    [InlineData("o1", "O1")]
    [InlineData("~", "_")]
    public void A_part_of_the_path_mirrors_the_id(string segment, string expected) => Assert.Equal(expected, NameRules.PathPart(segment));

    [Theory]
    [InlineData("ClipRequest", "Input", "ClipRequest")]
    [InlineData("O3_4kImageInput", "Input", "O3_4kImageInput")]
    [InlineData("V1_6Request", "Input", "V1_6Request")]
    [InlineData("dynamic mask", "Input", "DynamicMask")]
    [InlineData("dynamicMask", "Input", "DynamicMask")]
    [InlineData("3DModel", "Input", "Type3DModel")]
    [InlineData("Box[Point, int]", "Input", "BoxPointInt")]
    [InlineData("", "kling_input", "KlingInput")]
    [InlineData(null, "KlingInput", "KlingInput")]
    [InlineData("   ", "Mask", "Mask")]
    [InlineData("!", "Input", "Type")]
    [InlineData("JsonElement", "Input", "JsonElementModel")]
    [InlineData("FalFile", "Input", "FalFileModel")]
    [InlineData("IFalObject", "Input", "IFalObjectModel")]
    [InlineData("SpecRange", "Input", "SpecRangeModel")]
    [InlineData("False", "Input", "False")]
    [InlineData("Special", "Input", "Special")]
    [InlineData("Action", "Input", "Action")]
    [InlineData("Object", "Input", "Object")]
    [InlineData("String", "Input", "String")]
    [InlineData("Task", "Input", "Task")]
    [InlineData("System", "Input", "SystemModel")]
    [InlineData("AOT", "Input", "AOT")]
    public void An_object_takes_its_title(string? title, string key, string expected) => Assert.Equal(expected, NameRules.Object(title, key));

    [Theory]
    [InlineData("prompt", "Prompt")]
    [InlineData("cfg_scale", "CfgScale")]
    [InlineData("1", "Member1")]
    [InlineData("", "Member")]
    [InlineData("!", "Member")]
    [InlineData("class", "Class")]
    public void A_member_takes_its_wire_name(string wire, string expected) => Assert.Equal(expected, NameRules.Property(wire));

    [Theory]
    [InlineData("ImageToVideoRequest", "Duration", "ImageToVideoDuration")]
    [InlineData("ClipInput", "Mode", "ClipMode")]
    [InlineData("ClipOutput", "State", "ClipState")]
    [InlineData("ClipResult", "State", "ClipState")]
    [InlineData("ClipResponse", "State", "ClipState")]
    [InlineData("Request", "Mode", "RequestMode")]
    [InlineData("Shot", "Mode", "ShotMode")]
    [InlineData("VideoOutput", "VideoOutputType", "VideoOutputType")]
    [InlineData("InputModel", "Model", "InputModelValue")]
    [InlineData("ClipRequest", "Clipping", "ClipClipping")]
    public void A_type_without_a_name_takes_its_owners_and_its_members(string owner, string member, string expected)
        => Assert.Equal(expected, NameRules.MemberType(owner, member));

    [Theory]
    [InlineData("5", "Duration", "Duration5")]
    [InlineData("16:9", "AspectRatio", "Ratio16x9")]
    [InlineData("1K", "Resolution", "Resolution1K")]
    [InlineData("4", "NumInferenceSteps", "Steps4")]
    [InlineData("5", "TopK", "TopK5")]
    [InlineData("5", "SizeV2", "SizeV25")]
    [InlineData("5", "FPS", "FPS5")]
    [InlineData("3d_cartoon_1_pro", "Effect", "Effect3dCartoon1Pro")]
    [InlineData("let's_ride", "Effect", "LetsRide")]
    [InlineData("AOT", "Voice", "AOT")]
    [InlineData("", "Voice", "Empty")]
    [InlineData("!", "Voice", "Value")]
    [InlineData("-1", "Seed", "Minus1")]
    public void A_value_takes_its_word(string wire, string member, string expected) => Assert.Equal(expected, NameRules.EnumValue(wire, member));

    [Theory]
    [InlineData("DPM++ 2M SDE", false, "DpmPlusPlus2mSde")]
    [InlineData("DPM++ 2M SDE", true, "DPMPlusPlus2MSDE")]
    [InlineData("IN_PROGRESS", false, "InProgress")]
    public void Capitals_are_a_name_where_another_value_has_small_letters(string wire, bool isMixed, string expected)
        => Assert.Equal(expected, NameRules.EnumValue(wire, "Scheduler", isMixed));

    [Theory]
    [InlineData("acme", "json-element", "Acme.JsonElementApp")]
    [InlineData("acme", "magic-words", "Acme.MagicWords")]
    [InlineData("fal-ai", "json-element", "JsonElement")]
    public void App_of_another_owner_leaves_alone_the_types_that_emitted_code_uses(string owner, string alias, string expected)
        => Assert.Equal(expected, NameRules.App(owner, alias).Namespace);

    [Theory]
    [InlineData("fal-ai/kling_video", "Kling_video")]
    [InlineData("fal-ai/klingVideo", "KlingVideo")]
    [InlineData("bria/video_x", "Bria.Video_x")]
    public void App_is_written_closer_to_its_id_where_its_name_is_taken(string id, string expected)
        => Assert.Equal(expected, NameRules.Spelled(NameRules.App(id.Split('/')[0], id.Split('/')[1])).Namespace);

    [Theory]
    [InlineData("Fal", "LumenFalClient")]
    [InlineData("FalMedia", "LumenFalMediaClient")]
    [InlineData("Falcon", "FalconClient")]
    public void Client_takes_no_name_of_the_runtime(string part, string expected)
        => Assert.Equal(expected, NameRules.Client(NameRules.App("fal-ai", "lumen"), new[] { part }, 1));

    [Theory]
    [InlineData("Images", "Image")]
    [InlineData("Categories", "Category")]
    [InlineData("Glass", "GlassItem")]
    [InlineData("Data", "DataItem")]
    [InlineData("Ids", "Id")]
    public void An_element_is_the_singular_of_its_list(string holder, string expected) => Assert.Equal(expected, NameRules.Element(holder));

    [Fact]
    public void A_client_bears_its_whole_path()
    {
        var app = NameRules.App("fal-ai", "kling-video");
        EquatableArray<string> path = new[] { "V1_6", "Standard", "ImageToVideo" };
        Assert.Equal("KlingVideoClient", NameRules.Client(app, path, 0));
        Assert.Equal("KlingVideoV16Client", NameRules.Client(app, path, 1));
        Assert.Equal("KlingVideoV16StandardImageToVideoClient", NameRules.Client(app, path, 3));
        Assert.Equal("KlingVideoO3Client", NameRules.Client(app, new[] { "O3" }, 1));
        Assert.Equal("KlingVideo3dClient", NameRules.Client(app, new[] { "_3d" }, 1));
        Assert.Equal("ProResolution4kClient", NameRules.Client(app, new[] { "Pro", "Resolution4k" }, 2));
    }

    [Fact]
    public void A_preset_is_named_after_its_union() => Assert.Equal("ImageSizePreset", NameRules.Preset("ImageSize"));
}
