using Fal;
using Fal.Emulation;
using Fal.KlingVideo;
using KlingGen.Interop.Tests.Harness;

namespace KlingGen.Interop.Tests.Wire;

/// <summary>Calls that both clients make. Inputs are written in fal's order on both sides, so that bodies can be compared byte by byte.</summary>
internal static class WireCalls
{
    private const string TextToVideo = "fal-ai/kling-video/v1.6/standard/text-to-video";
    private const string ImageToVideo = "fal-ai/kling-video/v1.6/standard/image-to-video";
    private const string Elements = "fal-ai/kling-video/v1.6/standard/elements";
    private const string Hook = "http://127.0.0.1:9/hook?order=7";
    private const int MiB = 1024 * 1024;
    private const int Large = (90 * MiB) + 1;

    private static readonly object Snow = new { prompt = "Snow falls." };
    private static readonly Uri Cat = new("https://example.com/cat.jpg");

    public static IReadOnlyList<WireCall> All { get; } =
    [
        // What a request says.
        new("submit with every member",
            official => official.SubmitAsync(TextToVideo, new
            {
                input = new { prompt = "Snow falls.", duration = "10", aspect_ratio = "9:16", negative_prompt = "rain", cfg_scale = 0.7 },
            }),
            fal => Texts(fal).SubmitAsync(new()
            {
                Prompt = "Snow falls.",
                Duration = Duration5Or10.Duration10,
                AspectRatio = VideoAspectRatio.Ratio9x16,
                NegativePrompt = "rain",
                CfgScale = 0.7,
            })),
        new("submit with text of every sort",
            official => official.SubmitAsync(TextToVideo, new { input = new { prompt = OddText } }),
            fal => Texts(fal).SubmitAsync(new() { Prompt = OddText })),
        new("submit with a number that needs all its digits",
            official => official.SubmitAsync(TextToVideo, new { input = new { prompt = "Snow falls.", cfg_scale = 0.1 + 0.2 } }),
            fal => Texts(fal).SubmitAsync(new() { Prompt = "Snow falls.", CfgScale = 0.1 + 0.2 })),
        new("submit with the URL of an image",
            official => official.SubmitAsync(ImageToVideo, new { input = new { prompt = "It jumps.", image_url = Cat } }),
            fal => Images(fal).SubmitAsync(new() { Prompt = "It jumps.", ImageUrl = Cat })),
        new("submit with a list",
            official => official.SubmitAsync(Elements, new { input = new { prompt = "They meet.", input_image_urls = new[] { Cat, Cat } } }),
            fal => fal.KlingVideo().V1_6.Standard.Elements.SubmitAsync(new() { Prompt = "They meet.", InputImageUrls = [Cat, Cat] })),
        new("submit with a file",
            official => official.SubmitAsync(ImageToVideo, new { input = new { prompt = "It jumps.", image_url = TheirPicture } }),
            fal => Images(fal).SubmitAsync(new() { Prompt = "It jumps.", ImageUrl = OurPicture })),

        // What is said beside it.
        new("submit with a webhook",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, webhookUrl = Hook }),
            fal => SubmitAsync(fal, new() { Webhook = new Uri(Hook) })),
        new("submit with low priority",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, priority = "low" }),
            fal => SubmitAsync(fal, new() { Priority = FalPriority.Low })),
        new("submit with normal priority",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, priority = "normal" }),
            fal => SubmitAsync(fal, new() { Priority = FalPriority.Normal })),
        new("submit with a hint for the runner",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, hint = "studio-7" }),
            fal => SubmitAsync(fal, new() { RunnerHint = "studio-7" })),
        new("submit with a limit for the start",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, startTimeout = 30 }),
            fal => SubmitAsync(fal, new() { StartTimeout = TimeSpan.FromSeconds(30) })),
        new("submit with a lifetime for the outputs",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, storageSettings = new { expiresIn = "1h" } }),
            fal => SubmitAsync(fal, new() { OutputLifecycle = new() { ExpiresAfter = TimeSpan.FromHours(1) } })),
        new("submit with readers for the outputs",
            official => official.SubmitAsync(TextToVideo, new
            {
                input = Snow,
                storageSettings = new { initialAcl = new { @default = "forbid", rules = new[] { new { user = "studio", decision = "allow" } } } },
            }),
            fal => SubmitAsync(fal, new()
            {
                OutputLifecycle = new() { Access = new() { Default = FalAccessDecision.Forbid, Rules = [new("studio", FalAccessDecision.Allow)] } },
            })),
        new("submit with a header of one's own",
            official => official.SubmitAsync(TextToVideo, new { input = Snow, headers = new Dictionary<string, string> { ["X-Studio"] = "north" } }),
            fal => SubmitAsync(fal, new() { Headers = new Dictionary<string, string> { ["X-Studio"] = "north" } })),

        // What is asked about a job.
        new("status",
            official => official.SubmitAsync(TextToVideo, Snow, ("status", requestId => new { requestId })),
            async fal => await (await SubmitAsync(fal)).GetStatusAsync()),
        new("status with logs",
            official => official.SubmitAsync(TextToVideo, Snow, ("status", requestId => new { requestId, logs = true })),
            async fal => await (await SubmitAsync(fal)).GetStatusAsync(logs: true)),
        new("status stream",
            official => official.SubmitAsync(TextToVideo, Snow, ("streamStatus", requestId => new { requestId, logs = true })),
            async fal => await (await SubmitAsync(fal)).WaitAsync(new FalWaitOptions { StatusStream = true })),
        new("result",
            official => official.SubmitAsync(
                TextToVideo,
                Snow,
                ("status", requestId => new { requestId }),
                ("result", requestId => new { requestId })),
            async fal => await (await SubmitAsync(fal)).GetResultAsync()),
        new("cancel",
            official => official.SubmitAsync(TextToVideo, Snow, ("cancel", requestId => new { requestId })),
            async fal => await (await SubmitAsync(fal)).CancelAsync())
        {
            Run = new FalEmulatedRun { PositionTime = Timeout.InfiniteTimeSpan },
        },

        // All at once.
        new("run through the queue, polling",
            official => official.CallAsync("subscribe", TextToVideo, new { input = Snow }),
            fal => Texts(fal).RunAsync(new() { Prompt = "Snow falls." })),
        new("run through the queue, over the status stream",
            official => official.CallAsync("subscribe", TextToVideo, new { input = Snow, logs = true, mode = "streaming" }),
            fal => Texts(fal).RunAsync(new() { Prompt = "Snow falls." }, new() { StatusStream = true })),
        new("direct run",
            official => official.CallAsync("run", TextToVideo, new { input = Snow }),
            fal => Texts(fal).RunDirectAsync(new() { Prompt = "Snow falls." })),
        new("direct run with a limit for the start and a lifetime for the outputs",
            official => official.CallAsync("run", TextToVideo, new { input = Snow, startTimeout = 30, storageSettings = new { expiresIn = 60 } }),
            fal => Texts(fal).RunDirectAsync(
                new() { Prompt = "Snow falls." },
                new() { StartTimeout = TimeSpan.FromSeconds(30), OutputLifecycle = new() { ExpiresAfter = TimeSpan.FromMinutes(1) } })),
        new("model stream",
            official => official.CallAsync("stream", TextToVideo, new { input = Snow }),
            fal => Texts(fal).StreamAsync(new() { Prompt = "Snow falls." }).GetResultAsync()),

        // Files.
        new("upload",
            official => official.UploadAsync(TheirPicture),
            fal => fal.Files.UploadAsync(OurPicture)),
        new("upload with a lifetime",
            official => official.UploadAsync(TheirPicture, new { lifecycle = new { expiresIn = "7d" } }),
            fal => fal.Files.UploadAsync(OurPicture, new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromDays(7) } })),
        new("upload in parts",
            official => official.UploadAsync(OfficialClient.File("cat.mp4", "video/mp4", Large)),
            fal => fal.Files.UploadAsync(FalMedia.FromBytes(OfficialClient.BytesOfFile(Large), "video/mp4", "cat.mp4"))),
    ];

    // Quotes, backslashes, control characters, markup, the line separators of JavaScript, two languages, and a character outside the first plane.
    private static string OddText => "\"Snow\" falls \\ on <b>us</b> & melts\n\t'naïve' \u0001\u007f\u2028 雪 🚗 C++";

    private static object TheirPicture => OfficialClient.File("cat.jpg", "image/jpeg", 700);

    // New each time: the same object is uploaded once.
    private static FalMedia OurPicture => FalMedia.FromBytes(OfficialClient.BytesOfFile(700), "image/jpeg", "cat.jpg");

    private static FalEndpoint<TextToVideoRequest, T2VOutput> Texts(FalClient fal) => fal.KlingVideo().V1_6.Standard.TextToVideo;

    private static FalEndpoint<ImageToVideoRequest, I2VOutput> Images(FalClient fal) => fal.KlingVideo().V1_6.Standard.ImageToVideo;

    private static Task<FalJob<T2VOutput>> SubmitAsync(FalClient fal, FalSubmitOptions? options = null)
        => Texts(fal).SubmitAsync(new() { Prompt = "Snow falls." }, options);
}
