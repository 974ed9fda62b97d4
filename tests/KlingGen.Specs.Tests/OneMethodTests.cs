using Fal;
using Fal.Emulation;
using Fal.KlingVideo;
using Fal.Wire;

namespace KlingGen.Specs.Tests;

/// <summary>One method over several versions of Kling, through the interfaces that their requests and results share.</summary>
public sealed class OneMethodTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen").FullName;
    private FalEmulator _fal = null!;
    private FalClient _client = null!;

    public async Task InitializeAsync()
    {
        _fal = await FalEmulator.StartAsync();
        _fal.Script.For("**", FalEmulatedRun.Instant);
        _client = _fal.CreateClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _fal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Text_to_video_runs_every_version_and_saves_the_file()
    {
        var kling = _client.KlingVideo();
        await AnimateAsync(kling.V2_1.Master.TextToVideo);
        await AnimateAsync(kling.V2_6.Pro.TextToVideo);
        await AnimateAsync(kling.V3.Pro.TextToVideo);
        await AnimateAsync(kling.O3.Pro.TextToVideo);
        Assert.Equal(4, Directory.GetFiles(_folder, "*.mp4").Length);
        Assert.All(_fal.Received.ForOperation(FalOperation.Submit), request =>
        {
            var body = request.BodyJson();
            Assert.Equal(("Snow falls.", "10", "9:16"), (Text(body, "prompt"), Text(body, "duration"), Text(body, "aspect_ratio")));
        });
    }

    [Fact]
    public async Task Image_to_video_runs_every_version_and_saves_the_file()
    {
        var kling = _client.KlingVideo();
        await AnimateAsync(kling.V2_1.Pro.ImageToVideo, "image_url", "tail_image_url");
        await AnimateAsync(kling.V2_6.Pro.ImageToVideo, "start_image_url", "end_image_url");
        await AnimateAsync(kling.V3.Pro.ImageToVideo, "start_image_url", "end_image_url");
        await AnimateAsync(kling.O3.Pro.ImageToVideo, "image_url", "end_image_url");
        Assert.Equal(4, Directory.GetFiles(_folder, "*.mp4").Length);
    }

    [Fact]
    public void A_required_value_cannot_be_removed()
    {
        var request = new ImageToVideoV26ProRequest { Prompt = "Snow falls.", StartImageUrl = "https://example.com/a.png" };
        var ex = Assert.Throws<ArgumentNullException>(() => Without(request));
        Assert.StartsWith("The endpoint requires 'start_image_url'.", ex.Message, StringComparison.Ordinal);

        static TRequest Without<TRequest>(TRequest request)
            where TRequest : IHasStartFrame<TRequest> => request.WithStartFrame(null);
    }

    [Fact]
    public void A_duration_that_the_endpoint_lacks_names_the_nearest_ones()
    {
        var ex = Assert.Throws<ArgumentOutOfRangeException>(() => Of<TextToVideoV26ProRequest>(7));
        Assert.Contains("the nearest are 5, 10", ex.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(7), Of<TextToVideoV3ProRequest>(7));

        static TimeSpan? Of<TRequest>(int seconds)
            where TRequest : IFalVideoRequest<TRequest> => TRequest.Create("Snow falls.").WithDuration(TimeSpan.FromSeconds(seconds)).Duration;
    }

    [Fact]
    public void Every_capability_can_be_read_and_replaced()
    {
        var request = Changed(new ImageToVideoV3ProRequest { Prompt = "a", StartImageUrl = "https://example.com/a.png" });
        Assert.Equal(("b", "blur", false), (request.Prompt, request.NegativePrompt, request.GenerateAudio));
        Assert.Null(request.EndImageUrl);

        static T Changed<T>(T request)
            where T : IHasPrompt<T>, IHasNegativePrompt<T>, IHasAudio<T>, IHasEndFrame<T>
        {
            var changed = request.WithPrompt("b").WithNegativePrompt("blur").WithAudio(false).WithEndFrame("https://example.com/b.png");
            Assert.Equal(("b", "blur", false), (changed.Prompt, changed.NegativePrompt, changed.Audio));
            Assert.NotNull(changed.EndFrame);
            return changed.WithEndFrame(null);
        }
    }

    private async Task AnimateAsync<TRequest, TResult>(FalEndpoint<TRequest, TResult> endpoint)
        where TRequest : class, IFalObject<TRequest>, IFalVideoRequest<TRequest>, IHasAspectRatio<TRequest>
        where TResult : class, IFalObject<TResult>, IFalVideoResult
    {
        var request = TRequest.Create("Snow falls.").WithDuration(TimeSpan.FromSeconds(10)).WithAspectRatio("9:16");
        Assert.Equal((TimeSpan.FromSeconds(10), "9:16"), (request.Duration, request.AspectRatio));
        await SaveAsync(endpoint, request);
    }

    private async Task AnimateAsync<TRequest, TResult>(FalEndpoint<TRequest, TResult> endpoint, string start, string end)
        where TRequest : class, IFalObject<TRequest>, IFalImageToVideoRequest<TRequest>, IHasEndFrame<TRequest>
        where TResult : class, IFalObject<TResult>, IFalVideoResult
    {
        var request = TRequest.Create("Snow falls.", "https://example.com/a.png")
            .WithStartFrame("https://example.com/first.png").WithEndFrame("https://example.com/last.png");
        Assert.Equal(FalMedia.FromUrl("https://example.com/first.png"), request.StartFrame);
        await SaveAsync(endpoint, request);
        var body = _fal.Received.ForOperation(FalOperation.Submit)[^1].BodyJson();
        Assert.Equal(("https://example.com/first.png", "https://example.com/last.png"), (Text(body, start), Text(body, end)));
    }

    private async Task SaveAsync<TRequest, TResult>(FalEndpoint<TRequest, TResult> endpoint, TRequest request)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>, IFalVideoResult
    {
        Assert.Empty(endpoint.Check(request));
        var result = await endpoint.RunAsync(request);
        await result.Video.SaveAsync(Path.Combine(_folder, endpoint.EndpointId.Replace('/', '-') + ".mp4"));
    }

    private static string? Text(System.Text.Json.JsonElement body, string name) => body.GetProperty(name).GetString();
}
