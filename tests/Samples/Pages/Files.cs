using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class Files(FalClient fal)
{
    public FalMedia[] Sources(byte[] bytes, Stream stream) =>
    [
        FalMedia.FromUrl("https://example.com/car.jpg"),
        FalMedia.FromFile("car.jpg"),
        FalMedia.FromBytes(bytes, "image/jpeg", "car.jpg"),
        FalMedia.FromStream(stream, "image/jpeg", "car.jpg"),
        FalMedia.FromDataUri("data:image/png;base64,iVBORw0KGgo="),
    ];

    public async Task UploadOnceAsync(ProImageToVideoRequest first, ProImageToVideoRequest second)
    {
        var picture = FalMedia.FromFile("car.jpg");
        await fal.Files.UploadAsync(picture, progress: new Progress<FalUploadProgress>(p => Console.WriteLine(p.Fraction)));

        var endpoint = fal.KlingVideo().V1_6.Pro.ImageToVideo;
        var jobs = new[]
        {
            await endpoint.SubmitAsync(first with { ImageUrl = picture }),      // no second upload
            await endpoint.SubmitAsync(second with { ImageUrl = picture }),
        };
        foreach (var job in jobs) await job.WaitAsync();
    }

    public async Task SaveAsync(I2VOutput result)
    {
        await result.Video.SaveAsync("car.mp4", new FalDownloadOptions { Overwrite = false });
        await using var video = await result.Video.OpenAsync();
        await fal.Files.SaveAsync(result.Video.Url, "copy.mp4");
    }

    public FalClient KeepForADay() => new(new FalClientOptions
    {
        Uploads = { Lifecycle = new FalLifecycle { ExpiresAfter = TimeSpan.FromDays(1) } },
    });
}
