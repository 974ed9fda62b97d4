using Fal.Emulation;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Official;

/// <summary>fal's own client takes the emulator's storage for fal's.</summary>
[Collection(OfficialClient.Collection)]
public sealed class UploadTests(OfficialClient official) : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;
    private FalEmulator _fal = null!;
    private PlayedHosts _hosts = null!;

    public async Task InitializeAsync()
    {
        _fal = await FalEmulator.StartAsync();
        _fal.Script.For("**", FalEmulatedRun.Instant);
        _hosts = PlayedHosts.Of(_fal);
    }

    public async Task DisposeAsync() => await _fal.DisposeAsync();

    [OfficialClientFact]
    public async Task A_small_file_goes_up_in_one_piece()
    {
        var url = await UploadAsync("car.png", "image/png", 5000);

        await AssertHoldsAsync(url, "image/png", 5000);
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.Upload));
    }

    [OfficialClientFact]
    public async Task A_large_file_goes_up_in_parts()
    {
        // One byte more than what the client sends in one piece.
        const int size = (90 * MiB) + 1;

        var url = await UploadAsync("car.mp4", "video/mp4", size);

        await AssertHoldsAsync(url, "video/mp4", size);
        Assert.Equal(
            Enumerable.Repeat<long>(10 * MiB, 9).Append(1),
            _fal.Received.ForOperation(FalOperation.UploadPart).Select(part => part.BodyLength));
        Assert.Equal(1, _fal.Received.CountOf(FalOperation.UploadComplete));
    }

    [OfficialClientFact]
    public async Task A_file_inside_an_input_is_uploaded_and_its_url_submitted()
    {
        var input = new { prompt = "Snow falls while the car drives off.", image_url = OfficialClient.File("car.png", "image/png", 300) };

        await official.CallAsync(_hosts, "submit", new { endpoint = "fal-ai/kling-video/v1.6/standard/image-to-video", options = new { input } });

        var submitted = _fal.Received.One(FalOperation.Submit).BodyJson().GetProperty("image_url").GetString()!;
        await AssertHoldsAsync(submitted, "image/png", 300);
    }

    [OfficialClientFact]
    public async Task A_lifetime_is_asked_for_in_the_announcement()
    {
        var args = new { file = OfficialClient.File("car.png", "image/png", 10), options = new { lifecycle = new { expiresIn = "1h" } } };

        await official.CallAsync(_hosts, "upload", args);

        Assert.Equal("""{"expiration_duration_seconds":3600}""", _fal.Received.One(FalOperation.UploadInitiate).Headers["X-Fal-Object-Lifecycle"]);
    }

    [OfficialClientFact]
    public async Task A_wrong_key_is_refused_before_any_byte()
    {
        var error = await Assert.ThrowsAsync<OfficialClientException>(
            () => official.CallAsync(
                _hosts with { Key = "another:key" },
                "upload",
                new { file = OfficialClient.File("car.png", "image/png", 10) }));

        Assert.Equal(401, error.Status);
        Assert.Equal(0, _fal.Received.CountOf(FalOperation.Upload));
    }

    private async Task<string> UploadAsync(string name, string type, int size)
        => (string)(await official.CallAsync(_hosts, "upload", new { file = OfficialClient.File(name, type, size) }))!;

    private static async Task AssertHoldsAsync(string url, string type, int size)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(url);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(OfficialClient.BytesOfFile(size)), "The file holds other bytes than those that were sent.");
    }
}
