using Fal.Tests.Harness;
using Fal.Tests.Transport;
using Fal.Wire;

namespace Fal.Tests.Media;

/// <summary>One upload for each object, however many requests want it at the same time.</summary>
public sealed class SharedUploadTests : CanaryTest
{
    private static Answer Ticket(int number = 1)
        => Replies.Json($$"""{"upload_url":"https://storage.example/put/{{number}}","file_url":"https://v3.fal.media/files/{{number}}.png"}""");

    private static Task<string> UploadAsync(TestFal fal, FalMedia media, FalMediaConstraints? constraints = null, CancellationToken ct = default)
        => fal.Client.Files.UploadCheckedAsync(media, constraints, ct);

    [Fact]
    public async Task Requests_that_share_an_object_share_its_upload()
    {
        using var fal = new TestFal(Canary);
        var gate = new Gate();
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", gate.Answer);
        var media = FalMedia.FromBytes(SampleFiles.Png());
        var uploads = Enumerable.Range(0, 50).Select(_ => UploadAsync(fal, media)).ToArray();
        await gate.ReachedAsync();
        gate.Open(Replies.Empty());
        Assert.All(await Task.WhenAll(uploads), url => Assert.Equal("https://v3.fal.media/files/1.png", url));
        Assert.Equal("https://v3.fal.media/files/1.png", await UploadAsync(fal, media));
        Assert.Equal(new Uri("https://v3.fal.media/files/1.png"), await fal.Client.Files.UploadAsync(media));
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task Equal_objects_are_different_uploads()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("POST", "initiate", Ticket(1), Ticket(2)).On("PUT", "storage", Replies.Empty());
        Assert.NotEqual(await UploadAsync(fal, FalMedia.FromBytes(SampleFiles.Png())), await UploadAsync(fal, FalMedia.FromBytes(SampleFiles.Png())));
    }

    [Fact]
    public async Task A_failed_upload_is_not_remembered()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", Replies.Empty(403), Replies.Empty());
        var media = FalMedia.FromBytes(SampleFiles.Png());
        await Assert.ThrowsAsync<FalFileException>(() => UploadAsync(fal, media));
        Assert.Equal("https://v3.fal.media/files/1.png", await UploadAsync(fal, media));
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_upload_to_the_others()
    {
        using var fal = new TestFal(Canary);
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", gate.Answer);
        var media = FalMedia.FromBytes(SampleFiles.Png());
        var (leaver, stayer) = (UploadAsync(fal, media, ct: cancel.Token), UploadAsync(fal, media));
        await gate.ReachedAsync();
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver)).CancellationToken);
        gate.Open(Replies.Empty());
        Assert.Equal("https://v3.fal.media/files/1.png", await stayer);
    }

    [Fact]
    public async Task When_the_last_one_gives_up_the_upload_stops_and_is_forgotten()
    {
        using var fal = new TestFal(Canary);
        using var cancel = new CancellationTokenSource();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer waits = async (_, ct) =>
        {
            reached.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                stopped.SetResult();
            }
            throw new InvalidOperationException();
        };
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", waits, Replies.Empty());
        var media = FalMedia.FromBytes(SampleFiles.Png());
        var uploads = new[] { UploadAsync(fal, media, ct: cancel.Token), UploadAsync(fal, media, ct: cancel.Token) };
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await cancel.CancelAsync();
        foreach (var upload in uploads) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("https://v3.fal.media/files/1.png", await UploadAsync(fal, media));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UploadAsync(fal, media, ct: new CancellationToken(true)));
    }

    [Fact]
    public async Task A_file_that_changed_is_uploaded_again()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var fal = new TestFal(Canary);
            fal.Handler.On("POST", "initiate", Ticket(1), Ticket(2)).On("PUT", "storage", Replies.Empty());
            await File.WriteAllBytesAsync(path, SampleFiles.Png());
            var media = FalMedia.FromFile(path);
            Assert.EndsWith("1.png", await UploadAsync(fal, media), StringComparison.Ordinal);
            Assert.EndsWith("1.png", await UploadAsync(fal, media), StringComparison.Ordinal);
            await File.WriteAllBytesAsync(path, SampleFiles.Gif());
            Assert.EndsWith("2.png", await UploadAsync(fal, media), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_url_is_remembered_for_half_of_the_files_life()
    {
        using var fal = new TestFal(
            Canary,
            change: options => options.Uploads = new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromHours(2) } });
        fal.Handler.On("POST", "initiate", Ticket(1), Ticket(2), Ticket(3)).On("PUT", "storage", Replies.Empty());
        var media = FalMedia.FromBytes(SampleFiles.Png());
        await UploadAsync(fal, media);
        fal.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.EndsWith("1.png", await UploadAsync(fal, media), StringComparison.Ordinal);
        fal.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.EndsWith("2.png", await UploadAsync(fal, media), StringComparison.Ordinal);
        await fal.Client.Files.UploadAsync(media, new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromDays(2) } });
        fal.Time.Advance(TimeSpan.FromHours(23));
        Assert.EndsWith("3.png", await UploadAsync(fal, media), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_by_hand_serves_later_requests()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", Replies.Empty());
        var media = FalMedia.FromStream(new OneWayStream(SampleFiles.Png()));
        await fal.Client.Files.UploadAsync(media, new() { FileName = "x.png" });
        Assert.Equal("https://v3.fal.media/files/1.png", await UploadAsync(fal, media));
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task Broken_limits_stop_an_upload_before_a_byte_is_sent()
    {
        using var fal = new TestFal(Canary);
        var error = await Assert.ThrowsAsync<FalValidationException>(()
            => UploadAsync(fal, FalMedia.FromBytes(SampleFiles.Png(10, 10)), constraints: new() { MinWidth = 300 }));
        Assert.Equal("image_too_small", Assert.Single(error.Problems).Type);
        Assert.Empty(fal.Handler.Requests);
        Assert.Equal("https://example.com/a.png", await UploadAsync(fal, "https://example.com/a.png", constraints: new() { MinWidth = 300 }));
    }

    [Fact]
    public async Task Files_go_up_a_few_at_a_time()
    {
        using var fal = new TestFal(Canary, change: options => options.Uploads = new() { ParallelFiles = 2 });
        var (now, most) = (0, 0);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer put = async (request, ct) =>
        {
            lock (fal) most = Math.Max(most, ++now);
            if (now == 2) full.TrySetResult();
            await full.Task.WaitAsync(TimeSpan.FromSeconds(30), ct);
            lock (fal) now--;
            return await Replies.Empty()(request, ct);
        };
        fal.Handler.On("POST", "initiate", Ticket()).On("PUT", "storage", put);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => UploadAsync(fal, FalMedia.FromBytes(SampleFiles.Png()))));
        Assert.Equal(2, most);
        Assert.Equal(10, fal.Handler.Count("PUT"));
    }
}
