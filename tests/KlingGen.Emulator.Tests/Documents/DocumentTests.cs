namespace Fal.Emulation.Tests.Documents;

public sealed class DocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-emulator").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_bundled_endpoints_are_served_unless_patterns_choose()
    {
        await using var all = await FalEmulator.StartAsync();
        Assert.True(all.Endpoints.Count > 50, $"{all.Endpoints.Count} endpoints");
        Assert.Contains(EmulatorFixture.Endpoint, all.Endpoints);

        var options = new FalEmulatorOptions();
        options.Bundled.Clear();
        options.Bundled.Add("fal-ai/kling-video/v1.6/pro/*");
        await using var some = await FalEmulator.StartAsync(options);
        Assert.NotEmpty(some.Endpoints);
        Assert.All(some.Endpoints, id => Assert.StartsWith("fal-ai/kling-video/v1.6/pro/", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_folders_and_texts_are_served_beside_them()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "specs", "acme"));
        File.WriteAllText(Path.Combine(_folder, "one.json"), Made.Document("acme/one"));
        File.WriteAllText(Path.Combine(_folder, "specs", "acme", "two.json"), Made.Document("acme/two"));
        File.WriteAllText(Path.Combine(_folder, "specs", "acme", "two.overlay.json"), """{"overlay":"1.0.0"}""");
        File.WriteAllText(Path.Combine(_folder, "specs", "acme", "types.json"), """{"components":{"schemas":{}}}""");
        await using var fixture = await EmulatorFixture.StartAsync(options =>
        {
            options.Bundled.Clear();
            options.Paths.Add(Path.Combine(_folder, "one.json"));
            options.Paths.Add(Path.Combine(_folder, "specs"));
            options.Documents.Add(Made.Document("acme/three"));
        });
        Assert.Equal(["acme/one", "acme/three", "acme/two"], fixture.Fal.Endpoints);
        foreach (var endpoint in fixture.Fal.Endpoints) await fixture.SubmitAsync("""{"prompt":"x"}""", endpoint);
    }

    [Fact]
    public async Task A_document_of_ones_own_stands_in_for_a_bundled_one()
    {
        await using var fixture = await EmulatorFixture.StartAsync(
            options => options.Documents.Add(Made.Document(EmulatorFixture.Endpoint, output: Made.Text)));
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        var result = await fixture.JobAsync(await fixture.SubmitAsync("""{"prompt":"x"}"""));
        Assert.Equal("a text", result.Json.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "no 'paths'")]
    [InlineData("""{"paths":{}}""", "endpoint id")]
    [InlineData("""{"paths":{"/acme/one":{"get":{}}}}""", "endpoint id")]
    [InlineData("""{"paths":{},"paths":{}}""", "twice")]
    [InlineData("""{"paths":{"/acme/one":{"post":{}}},"components":{"schemas":{"A":{"type":"string","type":"array"}}}}""", "twice")]
    public async Task A_text_that_is_no_document_is_refused_by_name(string text, string word)
    {
        var options = new FalEmulatorOptions();
        options.Documents.Add(text);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => FalEmulator.StartAsync(options));
        Assert.Contains("FalEmulatorOptions.Documents[0]", refused.Message, StringComparison.Ordinal);
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_documents_for_one_endpoint_and_a_path_that_is_not_there_are_refused()
    {
        var twice = new FalEmulatorOptions();
        twice.Documents.Add(Made.Document("acme/one"));
        twice.Documents.Add(Made.Document("acme/one"));
        Assert.Contains(
            "acme/one",
            (await Assert.ThrowsAsync<ArgumentException>(() => FalEmulator.StartAsync(twice))).Message,
            StringComparison.Ordinal);
        var missing = new FalEmulatorOptions();
        missing.Paths.Add(Path.Combine(_folder, "nowhere"));
        Assert.Contains(
            "nowhere",
            (await Assert.ThrowsAsync<ArgumentException>(() => FalEmulator.StartAsync(missing))).Message,
            StringComparison.Ordinal);
    }
}
