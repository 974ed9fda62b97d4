using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>Paths and URLs get the factory that takes them.</summary>
public sealed class MediaFixTests
{
    [Theory]
    [InlineData("_ = CLIP{ ImageUrl = {|KLG108:\"car.jpg\"|} };", "_ = CLIP{ ImageUrl = FalMedia.FromFile(\"car.jpg\") };")]
    [InlineData("_ = CLIP{ ImageUrl = FalMedia.FromUrl({|KLG108:\"../car.jpg\"|}) };", "_ = CLIP{ ImageUrl = FalMedia.FromFile(\"../car.jpg\") };")]
    [InlineData(
        "_ = CLIP{ ReferenceImageUrls = [{|KLG108:\"/home/car.jpg\"|}] };",
        "_ = CLIP{ ReferenceImageUrls = [FalMedia.FromFile(\"/home/car.jpg\")] };")]
    [InlineData(
        "_ = CLIP{ ReferenceImageUrls = new FalMedia[] { {|KLG108:\"car.jpg\"|} } };",
        "_ = CLIP{ ReferenceImageUrls = new FalMedia[] { FalMedia.FromFile(\"car.jpg\") } };")]
    [InlineData(
        "_ = CLIP{ ImageUrl = Environment.GetEnvironmentVariable(\"IMG\") ?? {|KLG108:\"car.jpg\"|} };",
        "_ = CLIP{ ImageUrl = Environment.GetEnvironmentVariable(\"IMG\") ?? FalMedia.FromFile(\"car.jpg\") };")]
    [InlineData(
        "_ = CLIP{ ImageUrl = some ? {|KLG108:\"car.jpg\"|} : text };",
        "_ = CLIP{ ImageUrl = some ? FalMedia.FromFile(\"car.jpg\") : text };")]
    [InlineData(
        "_ = CLIP{ ImageUrl = number switch { 1 => {|KLG108:\"car.jpg\"|}, _ => text } };",
        "_ = CLIP{ ImageUrl = number switch { 1 => FalMedia.FromFile(\"car.jpg\"), _ => text } };")]
    [InlineData(
        "const string path = \"car.jpg\"; _ = CLIP{ ImageUrl = {|KLG108:path|} };",
        "const string path = \"car.jpg\"; _ = CLIP{ ImageUrl = FalMedia.FromFile(path) };")]
    [InlineData(
        "FalMedia Crop(FalMedia media) => media; _ = CLIP{ ImageUrl = Crop({|KLG108:\"car.jpg\"|}) };",
        "FalMedia Crop(FalMedia media) => media; _ = CLIP{ ImageUrl = Crop(FalMedia.FromFile(\"car.jpg\")) };")]
    [InlineData(
        "FalMedia Crop(FalMedia media, int by = 1) => media; _ = CLIP{ ImageUrl = Crop({|KLG108:\"car.jpg\"|} /* big */, 2) };",
        "FalMedia Crop(FalMedia media, int by = 1) => media; _ = CLIP{ ImageUrl = Crop(FalMedia.FromFile(\"car.jpg\") /* big */, 2) };")]
    public Task A_path_becomes_a_file_that_is_uploaded(string before, string after) => FixTest<LocalFileFix>.Expect(before, after);

    [Fact]
    public Task Fix_all_takes_all_paths_of_a_file() => FixTest<LocalFileFix>.Expect(
        "_ = CLIP{ ImageUrl = {|KLG108:\"car.jpg\"|}, AudioUrl = {|KLG108:\"car.mp3\"|} };",
        "_ = CLIP{ ImageUrl = FalMedia.FromFile(\"car.jpg\"), AudioUrl = FalMedia.FromFile(\"car.mp3\") };");

    [Theory]
    [InlineData("_ = FalMedia.FromFile({|KLG116:\"https://a.example/car.jpg\"|});", "_ = FalMedia.FromUrl(\"https://a.example/car.jpg\");")]
    [InlineData("_ = FalMedia.FromFile({|KLG116:\"data:image/png;base64,AAAA\"|});", "_ = FalMedia.FromDataUri(\"data:image/png;base64,AAAA\");")]
    public Task A_url_gets_the_factory_for_urls(string before, string after) => FixTest<MediaFactoryFix>.Expect(before, after);

    [Theory]
    [InlineData("ImageUrl = \"ftp://a.example/car.jpg\"")]
    [InlineData("ImageUrl = \"data:image/png\"")]
    [InlineData("ImageUrl = new Uri(\"file:///car.jpg\")")]
    [InlineData("Callback = \"/done\"")]
    public async Task What_was_meant_as_a_url_has_no_fix(string members)
        => Assert.Empty(await Mend.Offers(new LocalFileFix(), "KLG108", "_ = new ClipRequest { Prompt = \"x\", Title = \"x\", " + members + " };"));
}
