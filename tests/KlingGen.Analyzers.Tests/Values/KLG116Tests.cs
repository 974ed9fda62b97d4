namespace KlingGen.Analyzers.Tests.Values;

/// <summary>What is no path of a file.</summary>
public sealed class KLG116Tests
{
    [Theory]
    [InlineData("\"\"", "FalMedia.FromFile needs the path of a file, and this is empty")]
    [InlineData("\"data:image/png;base64,AA\"", "FalMedia.FromFile needs the path of a file; for a data URI use FalMedia.FromDataUri")]
    [InlineData("\"https://a.example/x\"", "FalMedia.FromFile needs the path of a file, not the URL 'https://a.example/x'; use FalMedia.FromUrl")]
    public async Task It_fires_at_the_path(string path, string message)
        => Assert.Equal([message], await Analyze.Expect("_ = FalMedia.FromFile({|KLG116:" + path + "|});"));

    [Theory]
    [InlineData("text")]
    [InlineData("\"car.jpg\"")]
    [InlineData("\"file:///home/car.jpg\"")]
    public async Task A_near_miss_is_quiet(string path) => Assert.Empty(await Analyze.Expect("_ = FalMedia.FromFile(" + path + ");"));
}
