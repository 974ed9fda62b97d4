using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class LocalFileFixTests
{
    private static readonly LocalFileFix Fix = new();

    [Theory]
    [InlineData("ImageUrl = \"car.jpg\"", "ImageUrl = FalMedia.FromFile(\"car.jpg\")")]
    [InlineData("ImageUrl = FalMedia.FromUrl(\"../car.jpg\")", "ImageUrl = FalMedia.FromFile(\"../car.jpg\")")]
    [InlineData("ReferenceImageUrls = [\"/home/car.jpg\"]", "ReferenceImageUrls = [FalMedia.FromFile(\"/home/car.jpg\")]")]
    public Task A_path_becomes_a_file_that_is_uploaded(string before, string after) => Mend.Expect(Fix, "KLG108", Request(before), Request(after));

    [Fact]
    public Task All_paths_of_a_file_are_mended_at_once() => Mend.ExpectAll(
        Fix, "KLG108",
        Request("ImageUrl = \"car.jpg\", AudioUrl = \"car.mp3\""),
        Request("ImageUrl = FalMedia.FromFile(\"car.jpg\"), AudioUrl = FalMedia.FromFile(\"car.mp3\")"));

    [Theory]
    [InlineData("ImageUrl = \"ftp://a.example/car.jpg\"")]
    [InlineData("ImageUrl = \"data:image/png\"")]
    [InlineData("ImageUrl = new Uri(\"file:///car.jpg\")")]
    [InlineData("Callback = \"/done\"")]
    public async Task What_was_meant_as_an_address_has_no_fix(string members) => Assert.Empty(await Mend.Offers(Fix, "KLG108", Request(members)));

    private static string Request(string members) => "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };";
}
