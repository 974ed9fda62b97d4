using System.Net;
using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Media;

/// <summary>Large media: parts side by side, put together at the end, in constant memory.</summary>
public sealed class MultipartTests : CanaryTest
{
    private const long MiB = 1024 * 1024;
    private const int PartSize = 5 * (int)MiB;

    private static FalClient Client(StorageHost host, FalUploadSettings? uploads = null, FakeTime? time = null) => new(new FalClientOptions
    {
        Key = CanaryGuard.Key,
        HttpHandler = host,
        TimeProvider = time ?? new FakeTime { SkipDelays = true },
        Uploads = uploads ?? new() { PartSize = PartSize, MultipartAbove = 8 * MiB },
    });

    private static void AssertWhole(StorageHost host, long length, long partSize)
    {
        var parts = (int)((length + partSize - 1) / partSize);
        Assert.Equal(parts, host.Received.Count);
        for (var part = 1; part <= parts; part++)
        {
            var offset = (part - 1) * partSize;
            var size = Math.Min(partSize, length - offset);
            Assert.Equal((size, SumStream.Of(offset, size)), host.Received[$"{StorageHost.Place}1/{part}?sig=a%2Fb"]);
        }
        using var json = JsonDocument.Parse(host.Completed!);
        Assert.Equal(
            Enumerable.Range(1, parts),
            json.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("partNumber").GetInt32()));
        Assert.All(
            json.RootElement.GetProperty("parts").EnumerateArray(),
            part => Assert.Equal($"\"tag-{part.GetProperty("partNumber")}\"", part.GetProperty("etag").GetString()));
    }

    [Fact]
    public async Task A_large_stream_goes_up_in_parts_through_small_buffers()
    {
        using var host = new StorageHost();
        using var fal = Client(host, new());
        var stream = new MadeStream((Rounds.IsLong ? 200 : 92) * MiB + 7);
        var reports = new Reports<FalUploadProgress>();
        Assert.Equal(new Uri("https://v3.fal.media/files/1.bin"), await fal.Files.UploadAsync(FalMedia.FromStream(stream), progress: reports));
        Assert.Contains("initiate-multipart?storage_type=fal-cdn-v3", host.Calls.First(), StringComparison.Ordinal);
        AssertWhole(host, stream.Length, 10 * MiB);
        // A part is never read as a whole: memory is one small buffer for each of the parts under way.
        Assert.InRange(stream.LargestRead, 1, 256 * 1024);
        Assert.InRange(host.MostAtOnce, 1, 4);
        Assert.Equal(reports.All.Select(report => report.SentBytes).Order(), reports.All.Select(report => report.SentBytes));
        Assert.Equal(new FalUploadProgress(stream.Length, stream.Length), reports.All[^1]);
    }

    [Fact]
    public async Task A_stream_of_unknown_length_needs_a_buffer_for_each_part_under_way()
    {
        using var host = new StorageHost();
        using var fal = Client(host, new() { PartSize = PartSize, ParallelParts = 2 });
        var stream = OneWayStream.Made(60 * MiB + 3);
        var furthest = 0L;
        host.OnPut = (_, _) =>
        {
            // What was read ahead of the parts that arrived is what is held in memory.
            lock (host) furthest = Math.Max(furthest, stream.Taken - host.Received.Values.Sum(part => part.Length));
            return Task.FromResult<HttpResponseMessage?>(null);
        };
        var reports = new Reports<FalUploadProgress>();
        await fal.Files.UploadAsync(FalMedia.FromStream(stream), progress: reports);
        AssertWhole(host, 60 * MiB + 3, PartSize);
        Assert.InRange(furthest, PartSize, 4L * PartSize);
        Assert.Null(reports.All[0].Fraction);
        Assert.Equal(1, reports.All[^1].Fraction);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PartSize - 1)]
    public async Task A_short_stream_of_unknown_length_is_one_put(long length)
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        await fal.Files.UploadAsync(FalMedia.FromStream(OneWayStream.Made(length)));
        Assert.Equal((length, SumStream.Of(0, length)), host.Received[StorageHost.Place + "1?sig=a%2Fb"]);
        Assert.Null(host.Completed);
    }

    [Theory]
    [InlineData(PartSize)]
    [InlineData(PartSize + 1)]
    [InlineData(2 * PartSize)]
    public async Task A_stream_that_ends_with_a_part_has_no_empty_one(long length)
    {
        using var host = new StorageHost { TagInHeader = true };
        using var fal = Client(host);
        await fal.Files.UploadAsync(FalMedia.FromStream(OneWayStream.Made(length)));
        AssertWhole(host, length, PartSize);
    }

    [Theory]
    [InlineData(8 * MiB, false)]
    [InlineData(8 * MiB + 1, true)]
    public async Task The_limit_between_one_put_and_parts_is_exact(long length, bool parts)
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        await fal.Files.UploadAsync(FalMedia.FromBytes(new byte[length]));
        Assert.Equal(parts, host.Completed is not null);
    }

    [Fact]
    public async Task A_part_that_fails_is_sent_again_by_itself()
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        var tries = 0;
        host.OnPut = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath.EndsWith("/2", StringComparison.Ordinal)
            && Interlocked.Increment(ref tries) <= 2
            ? tries == 1 ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : throw new HttpRequestException("reset") : null);
        var reports = new Reports<FalUploadProgress>();
        await fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(20 * MiB)), progress: reports);
        AssertWhole(host, 20 * MiB, PartSize);
        Assert.Equal(6, host.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Equal(20 * MiB, reports.All[^1].SentBytes);
        Assert.Equal(reports.All.Select(report => report.SentBytes).Order(), reports.All.Select(report => report.SentBytes));
    }

    [Fact]
    public async Task Parts_of_a_file_are_read_from_it_side_by_side()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var host = new StorageHost();
            using var fal = Client(host);
            var bytes = new byte[12 * MiB + 5];
            OneWayStream.Fill(0, bytes);
            await File.WriteAllBytesAsync(path, bytes);
            await fal.Files.UploadAsync(FalMedia.FromFile(path));
            AssertWhole(host, bytes.Length, PartSize);
            await fal.Files.UploadAsync(FalMedia.FromBytes(bytes));
            Assert.Equal(6, host.Received.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_part_that_stays_broken_ends_the_upload_with_its_own_error()
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        host.OnPut = async (request, ct) =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/3", StringComparison.Ordinal)) throw new HttpRequestException("reset");
            if (request.RequestUri!.AbsolutePath.EndsWith("/1", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, ct);
            return null;
        };
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(40 * MiB))));
        Assert.Contains("failed at part 3", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_part_that_is_refused_ends_the_upload_and_is_named()
    {
        using var host = new StorageHost();
        using var fal = Client(host, new() { PartSize = PartSize, MultipartAbove = 0, ParallelParts = 1 });
        host.OnPut = (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/2", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.Forbidden) : null);
        var error = await Assert.ThrowsAsync<FalFileException>(
            () => fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(40 * MiB), fileName: "big.mov")));
        Assert.Contains("Uploading <stream big.mov> failed at part 2: storage.example refused it (403)", error.Message, StringComparison.Ordinal);
        Assert.Null(host.Completed);
        Assert.Equal(2, host.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_part_without_a_tag_cannot_be_put_together()
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        host.OnPut = (_, _) => Task.FromResult<HttpResponseMessage?>(StorageHost.Json("<ok/>"));
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(20 * MiB))));
        Assert.Contains("no etag", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20 * MiB, true)]
    [InlineData(7, false)]
    [InlineData(-1, false)]
    public async Task A_lost_answer_to_the_last_step_is_made_good_if_the_file_is_whole(long there, bool good)
    {
        using var host = new StorageHost();
        using var fal = Client(host);
        host.OnOther = request =>
        {
            if (request.Method == HttpMethod.Head)
            {
                if (there < 0) return new HttpResponseMessage(HttpStatusCode.NotFound);
                return new HttpResponseMessage { Content = new ByteArrayContent([]) { Headers = { ContentLength = there } } };
            }
            return request.RequestUri!.AbsolutePath.EndsWith("/complete", StringComparison.Ordinal) ? StorageHost.Json("{}", 404) : null;
        };
        var upload = fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(20 * MiB)));
        if (good) Assert.Equal(new Uri("https://v3.fal.media/files/1.bin"), await upload);
        else Assert.Contains(
            "putting its parts together",
            (await Assert.ThrowsAsync<FalFileException>(() => upload)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Very_long_media_have_larger_parts()
    {
        using var host = new StorageHost();
        using var fal = Client(host, new() { PartSize = PartSize, ParallelParts = 1 });
        var first = 0L;
        host.OnPut = (request, _) =>
        {
            first = request.Content!.Headers.ContentLength!.Value;
            return Task.FromResult<HttpResponseMessage?>(new HttpResponseMessage(HttpStatusCode.Forbidden));
        };
        await Assert.ThrowsAsync<FalFileException>(() => fal.Files.UploadAsync(FalMedia.FromStream(new MadeStream(80_000 * MiB))));
        Assert.Equal(8 * MiB, first);
    }

    [Theory]
    [InlineData("ticket")]
    [InlineData("put")]
    [InlineData("complete")]
    [InlineData("stream")]
    [InlineData("pause")]
    public async Task The_callers_token_ends_an_upload_in_every_phase(string phase)
    {
        using var host = new StorageHost();
        var time = new FakeTime();
        using var fal = Client(host, time: time);
        using var cancel = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.OnOther = request =>
        {
            if (phase == "ticket" || (phase == "complete" && request.RequestUri!.AbsolutePath.EndsWith("/complete", StringComparison.Ordinal)))
                cancel.Cancel();
            return null;
        };
        host.OnPut = async (_, ct) =>
        {
            if (phase == "pause") return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            if (phase != "put") return null;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        };
        var stream = new OneWayStream((at, buffer) => (int)Math.Min(buffer.Length, 20 * MiB - at))
        {
            Before = async (at, ct) =>
            {
                if (phase != "stream" || at < 12 * MiB) return;
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, ct);
            },
        };
        var upload = fal.Files.UploadAsync(FalMedia.FromStream(stream), new(), cancellationToken: cancel.Token);
        if (phase is "put" or "stream") await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (phase == "pause") await time.DelaysPendingAsync();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal(0, time.PendingTimers);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_when_the_client_is_made()
    {
        FalUploadSettings[] wrong =
        [
            new() { PartSize = 1 }, new() { MultipartAbove = -1 }, new() { ParallelParts = 0 }, new() { ParallelFiles = 65 }, new() {
                Lifecycle = new() { ExpiresAfter = TimeSpan.Zero } },
        ];
        foreach (var settings in wrong)
            Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = CanaryGuard.Key, Uploads = settings }));
    }
}
