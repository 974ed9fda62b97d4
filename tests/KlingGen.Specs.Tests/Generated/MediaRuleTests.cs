using Fal;
using Fal.KlingVideo;
using Fal.Tests.Media;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>What fal says in prose about files: a local file that breaks it never leaves the process, and one that only just keeps it does.</summary>
public sealed class MediaRuleTests
{
    private const int Megabyte = 1024 * 1024;

    private delegate Task Submit(FalClient fal, FalMedia file, CancellationToken stop);

    private sealed record Case(string Rule, string Member, Submit Submit, Func<FalMedia> Breaks, Func<FalMedia> Keeps);

    private static readonly Case[] Cases = [.. LipSync(), .. Turbo(), .. MotionControl(), .. Voice()];

    public static TheoryData<string> Rules => SpecFolder.AsTheory(Cases.Select(one => one.Rule));

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_file_that_breaks_a_rule_is_refused_before_anything_is_sent_and_the_near_miss_is_not(string rule)
    {
        var (_, member, submit, breaks, keeps) = Cases.Single(one => one.Rule == rule);
        using var closed = new ClosedDoor();
        using var fal = new FalClient(new FalClientOptions { Key = "test:secret", HttpHandler = closed });
        var refused = await Assert.ThrowsAsync<FalValidationException>(() => submit(fal, breaks(), closed.Token));
        Assert.Equal(member, Assert.Single(refused.Problems).Path);
        Assert.False(closed.WasReached);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit(fal, keeps(), closed.Token));
        Assert.True(closed.WasReached);
    }

    private static IEnumerable<Case> LipSync()
    {
        Submit text = (fal, file, stop) => fal.KlingVideo().Lipsync.TextToVideo
            .SubmitAsync(LipsyncT2VRequest.Example() with { VideoUrl = file }, null, stop);
        Submit film = (fal, file, stop) => fal.KlingVideo().Lipsync.AudioToVideo
            .SubmitAsync(LipsyncA2VRequest.Example() with { VideoUrl = file }, null, stop);
        Submit sound = (fal, file, stop) => fal.KlingVideo().Lipsync.AudioToVideo
            .SubmitAsync(LipsyncA2VRequest.Example() with { AudioUrl = file }, null, stop);
        foreach (var (endpoint, submit, longest) in new[] { ("text-to-video", text, 60), ("audio-to-video", film, 10) })
        {
            yield return new($"lipsync/{endpoint}: at most {longest} s", "video_url", submit, () => Film(longest + 1), () => Film(longest));
            yield return new($"lipsync/{endpoint}: at least 2 s", "video_url", submit, () => Film(1.5), () => Film(2));
            yield return new($"lipsync/{endpoint}: at least 720 pixels", "video_url", submit, () => Film(5, 1280, 719), () => Film(5, 1280, 720));
            yield return new($"lipsync/{endpoint}: at most 1920 pixels", "video_url", submit, () => Film(5, 1921, 1080), () => Film(5, 1920, 1080));
            yield return new($"lipsync/{endpoint}: .mp4 or .mov", "video_url", submit, () => FalMedia.FromBytes(SampleFiles.WebM()), () => Film(5));
            yield return new($"lipsync/{endpoint}: at most 100 MB", "video_url", submit, () => Film(5, bytes: (100 * Megabyte) + 1), ()
                => Film(5, bytes: 100 * Megabyte));
        }

        yield return new("lipsync/audio-to-video: a recording of at most 60 s", "audio_url", sound, () => Sound(61), () => Sound(60));
        yield return new("lipsync/audio-to-video: a recording of at least 2 s", "audio_url", sound, () => Sound(1.5), () => Sound(2));
        yield return new("lipsync/audio-to-video: a recording of at most 5 MB", "audio_url", sound, () => Sound(10, Megabyte * 6 / 10), ()
            => Sound(10, Megabyte * 49 / 100));
    }

    private static IEnumerable<Case> Turbo()
    {
        Submit pro = (fal, file, stop) => fal.KlingVideo().V3.Turbo.Pro.ImageToVideo
            .SubmitAsync(ImageToVideoV3TurboRequest.Example() with { ImageUrl = file }, null, stop);
        Submit standard = (fal, file, stop) => fal.KlingVideo().V3.Turbo.Standard.ImageToVideo
            .SubmitAsync(ImageToVideoV3TurboRequest.Example() with { ImageUrl = file }, null, stop);
        foreach (var (tier, submit) in new[] { ("pro", pro), ("standard", standard) })
        {
            yield return new($"v3/turbo/{tier}: at least 300 pixels", "image_url", submit, () => Picture(299, 300), () => Picture(300, 300));
            yield return new($"v3/turbo/{tier}: at most 2.5 times as wide as high", "image_url", submit, () => Picture(1000, 380), ()
                => Picture(1000, 400));
            yield return new($"v3/turbo/{tier}: at most 2.5 times as high as wide", "image_url", submit, () => Picture(380, 1000), ()
                => Picture(400, 1000));
            yield return new($"v3/turbo/{tier}: .jpg or .png", "image_url", submit, () => FalMedia.FromBytes(SampleFiles.Gif(640, 480)), ()
                => FalMedia.FromBytes(SampleFiles.Jpeg()));
            yield return new($"v3/turbo/{tier}: at most 50 MB", "image_url", submit, () => Picture(640, 480, (50 * Megabyte) + 1), ()
                => Picture(640, 480, 50 * Megabyte));
        }
    }

    private static IEnumerable<Case> MotionControl()
    {
        foreach (var (orientation, longest) in new[] { ("image", 10), ("video", 30) })
        {
            var facing = orientation == "image" ? MotionControlOrientation.Image : MotionControlOrientation.Video;
            var v26 = MotionControlRequest.Example() with { CharacterOrientation = facing };
            var v3Pro = MotionControlV3ProRequest.Example() with { CharacterOrientation = facing, Elements = null };
            var v3Standard = MotionControlV3StandardRequest.Example() with { CharacterOrientation = facing, Elements = null };
            yield return Of("v2.6/pro", (fal, file, stop) => fal.KlingVideo().V2_6.Pro.MotionControl
                .SubmitAsync(v26 with { VideoUrl = file }, null, stop));
            yield return Of("v2.6/standard", (fal, file, stop)
                => fal.KlingVideo().V2_6.Standard.MotionControl.SubmitAsync(v26 with { VideoUrl = file }, null, stop));
            yield return Of("v3/pro", (fal, file, stop) => fal.KlingVideo().V3.Pro.MotionControl
                .SubmitAsync(v3Pro with { VideoUrl = file }, null, stop));
            yield return Of("v3/standard", (fal, file, stop)
                => fal.KlingVideo().V3.Standard.MotionControl.SubmitAsync(v3Standard with { VideoUrl = file }, null, stop));

            Case Of(string endpoint, Submit submit)
                => new($"{endpoint}/motion-control: at most {longest} s with orientation {orientation}", "video_url", submit, () => Film(longest + 1),
                    () => Film(longest));
        }
    }

    private static IEnumerable<Case> Voice()
    {
        Submit submit = (fal, file, stop) => fal.KlingVideo().CreateVoice
            .SubmitAsync(CreateVoiceInput.Example() with { VoiceUrl = file }, null, stop);
        yield return new("create-voice: at least 5 s", "voice_url", submit, () => Sound(4), () => Sound(5));
        yield return new("create-voice: at most 30 s", "voice_url", submit, () => Sound(31), () => Sound(30));
        yield return new("create-voice: .mp3, .wav, .mp4 or .mov", "voice_url", submit, () => FalMedia.FromBytes(SampleFiles.Flac(48000, 480000)), ()
            => Sound(10));
    }

    private static FalMedia Film(double seconds, uint width = 1280, uint height = 720, int bytes = 0)
        => Padded(new SampleMovie
        {
            Duration = (ulong)(seconds * 600),
            Width = width,
            Height = height,
            Times = [((uint)(seconds * 24), 1000)],
            MdatLength = 0
        }.ToBytes(), bytes);

    private static FalMedia Picture(uint width, uint height, int bytes = 0) => Padded(SampleFiles.Png(width, height), bytes);

    private static FalMedia Sound(double seconds, int bytesPerSecond = 16000) => FalMedia.FromBytes(SampleFiles.Wav(seconds, (uint)bytesPerSecond));

    private static FalMedia Padded(byte[] beginning, int length)
    {
        if (length > 0) Array.Resize(ref beginning, length);
        return FalMedia.FromBytes(beginning);
    }

    /// <summary>Replaces the network: refuses every request and records that there was one.</summary>
    private sealed class ClosedDoor : HttpMessageHandler
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Token => _stop.Token;

        public bool WasReached => _stop.IsCancellationRequested;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _stop.Cancel();
            return Task.FromCanceled<HttpResponseMessage>(_stop.Token);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _stop.Dispose();
            base.Dispose(disposing);
        }
    }
}
