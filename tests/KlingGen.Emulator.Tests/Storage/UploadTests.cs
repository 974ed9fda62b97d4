using System.Net;
using Fal.Media;

namespace Fal.Emulation.Tests.Storage;

/// <summary>Our own client uploads to the emulator, also over a connection that breaks.</summary>
public sealed class UploadTests
{
    private const int MiB = 1024 * 1024;
    private static readonly FalUploadSettings InParts = new() { PartSize = 5 * MiB, MultipartAbove = 8 * MiB };

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task A_small_file_arrives_whole_with_its_name_and_type()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var bytes = Noise(70_000);
        var url = await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes, "image/png", "a car.png"));
        var file = Assert.Single(fixture.Fal.Files.Uploaded);
        Assert.Equal(("a car.png", "image/png", FalFileOrigin.Upload, 1), (file.Name, file.ContentType, file.Origin, file.Parts));
        Assert.Equal(bytes, file.Content.ToArray());
        Assert.Same(file, fixture.Fal.Files.Find(url.AbsoluteUri));
        Assert.DoesNotContain("Authorization", fixture.Fal.Received.One(FalOperation.Upload).Headers.Keys);
    }

    [Fact]
    public async Task A_large_file_arrives_in_parts_and_is_put_together()
    {
        await using var fixture = await EmulatorFixture.StartAsync(client: options => options.Uploads = InParts);
        var bytes = Noise(23 * MiB + 11);
        await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes, "video/mp4", "long.mp4"));
        var file = Assert.Single(fixture.Fal.Files.Uploaded);
        Assert.Equal((5, bytes.Length), (file.Parts, file.Content.Length));
        Assert.True(file.Content.Span.SequenceEqual(bytes));
        Assert.All(
            fixture.Fal.Received.ForOperation(FalOperation.UploadPart | FalOperation.UploadComplete),
            request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    [Fact]
    public async Task A_part_that_breaks_off_is_sent_again()
    {
        using var line = new BreakingLine(request => request.Method == HttpMethod.Put, breakAfter: 2 * MiB);
        await using var fixture = await EmulatorFixture.StartAsync(client: options =>
        {
            options.Uploads = InParts with { ParallelParts = 1 };
            options.HttpHandler = line;
        });
        var bytes = Noise(12 * MiB);
        await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes, "video/mp4", "long.mp4"));
        Assert.True(Assert.Single(fixture.Fal.Files.Uploaded).Content.Span.SequenceEqual(bytes));
        var parts = fixture.Fal.Received.ForOperation(FalOperation.UploadPart);
        Assert.Equal(4, parts.Count);
        Assert.Equal(parts[0].Path, parts[1].Path);
        // Which of the two connections is looked at first is the server's affair.
        Assert.InRange(Math.Min(parts[0].BodyLength, parts[1].BodyLength), 1, 5 * MiB - 1);
    }

    [Fact]
    public async Task A_whole_file_whose_connection_breaks_is_sent_again()
    {
        using var line = new BreakingLine(request => request.Method == HttpMethod.Put, breakAfter: 1000);
        await using var fixture = await EmulatorFixture.StartAsync(client: options => options.HttpHandler = line);
        var bytes = Noise(200_000);
        await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes));
        Assert.True(Assert.Single(fixture.Fal.Files.All).Content.Span.SequenceEqual(bytes));
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Upload));
    }

    [Fact]
    public async Task An_upload_counts_as_done_if_only_the_answer_to_its_completion_is_lost()
    {
        using var line = new BreakingLine(
            request => request.RequestUri!.AbsolutePath.EndsWith("/complete", StringComparison.Ordinal),
            breakAfter: null);
        await using var fixture = await EmulatorFixture.StartAsync(client: options =>
        {
            options.Uploads = InParts;
            options.HttpHandler = line;
        });
        var bytes = Noise(9 * MiB);
        var url = await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes));
        Assert.True(fixture.Fal.Files.Find(url.AbsoluteUri)!.Content.Span.SequenceEqual(bytes));
        Assert.Equal([200, 404], fixture.Fal.Received.ForOperation(FalOperation.UploadComplete).Select(request => request.StatusCode ?? 0));
    }

    [Fact]
    public async Task A_lifetime_is_recorded_and_holds()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.Client.Files
            .UploadAsync(FalMedia.FromBytes(Noise(10)), new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromHours(1) } });
        var file = Assert.Single(fixture.Fal.Files.Uploaded);
        Assert.Equal("""{"expiration_duration_seconds":3600}""", file.Lifecycle);
        Assert.Equal(fixture.Time.GetUtcNow() + TimeSpan.FromHours(1), file.ExpiresAt);
        fixture.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(fixture.Fal.Files.Find(url.AbsoluteUri));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(fixture.Fal.Files.Find(url.AbsoluteUri));
        Assert.Equal(404, (await fixture.SendAsync(HttpMethod.Get, url, "", null, ("Authorization", ""))).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.LargestBody = 50_000);
        var refused = await Assert.ThrowsAsync<FalFileException>(() => fixture.Client.Files.UploadAsync(FalMedia.FromBytes(Noise(50_001))));
        Assert.Equal(413, refused.StatusCode);
        await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(Noise(50_000)));
        Assert.Equal(50_000, Assert.Single(fixture.Fal.Files.All).Content.Length);
    }

    [Fact]
    public async Task From_a_local_picture_to_a_saved_video()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        var picture = await fixture.Client.Files
            .UploadAsync(FalMedia.FromBytes(PngWriter.Write(320, 320, new Scene(320, 320, 1)), fileName: "car.png"));
        using var input = System.Text.Json.JsonDocument.Parse($$"""{"prompt":"Snow falls.","image_url":"{{picture}}","duration":"10"}""");
        var result = await fixture.Video.RunAsync(input.RootElement);
        var url = result.Json.GetProperty("video").GetProperty("url").GetString()!;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var saved = await fixture.Client.Files.SaveAsync(new FalFile { Url = url }, folder.FullName + "/");
            var facts = MediaProbe.Read(new MemoryBytes(File.ReadAllBytes(saved)));
            Assert.Equal(("video/mp4", 10.0), (facts.ContentType, facts.Duration));
            Assert.EndsWith(".mp4", saved, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A connection that breaks once: after so many bytes of a body, or, without a number, when the answer has come.</summary>
    private sealed class BreakingLine(
        Func<HttpRequestMessage, bool> matches,
        int? breakAfter) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private int _broken;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!matches(request) || Interlocked.Exchange(ref _broken, 1) == 1) return await base.SendAsync(request, cancellationToken);
            if (breakAfter is { } bytes) request.Content = new BreakingContent(request.Content!, bytes);
            using var lost = await base.SendAsync(request, cancellationToken);
            throw new HttpRequestException("The answer was lost.", new IOException());
        }
    }

    private sealed class BreakingContent : HttpContent
    {
        private readonly HttpContent _whole;
        private readonly int _bytes;

        public BreakingContent(HttpContent whole, int bytes)
        {
            (_whole, _bytes) = (whole, bytes);
            foreach (var header in whole.Headers) Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = await _whole.ReadAsByteArrayAsync();
            await stream.WriteAsync(bytes.AsMemory(0, _bytes));
            await stream.FlushAsync();
            throw new IOException("The line broke.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _whole.Headers.ContentLength ?? 0;
            return true;
        }
    }
}
