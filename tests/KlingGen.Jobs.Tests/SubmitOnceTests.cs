using Fal.Emulation;
using Fal.Wire;

namespace Fal.Jobs.Tests;

/// <summary>SubmitOnceAsync with a typed request and its local media; the emulator's record is the judge.</summary>
public sealed class SubmitOnceTests : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/v1.6/pro/image-to-video";
    private static readonly byte[] Png =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-once-").FullName;
    private FalEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await FalEmulator.StartAsync();

    public async Task DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Local_media_count_with_their_bytes_and_are_uploaded_once()
    {
        var path = Path.Combine(_folder, "frame.png");
        await File.WriteAllBytesAsync(path, Png);
        using var client = _emulator.CreateClient();
        var endpoint = new FalEndpoint<FrameRequest, FalRawResult>(client, Endpoint);
        var ledger = new FalMemoryLedger();
        var first = await ledger.SubmitOnceAsync(endpoint, "order-1", new FrameRequest(FalMedia.FromFile(path)));
        var again = await ledger.SubmitOnceAsync(endpoint, "order-1", new FrameRequest(FalMedia.FromBytes(Png)));
        Assert.Equal(first.Job!.RequestId, again.Job!.RequestId);
        var sent = _emulator.Received.One(FalOperation.Submit);
        Assert.Equal(first.Entry.WireBody, sent.BodyText);
        Assert.StartsWith("http", sent.BodyJson().GetProperty("image_url").GetString(), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(path, [.. Png, 0]);
        await Assert.ThrowsAsync<FalKeyConflictException>(
            () => ledger.SubmitOnceAsync(endpoint, "order-1", new FrameRequest(FalMedia.FromFile(path))));
        Assert.Equal(1, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_twice_is_refused_before_anything_is_sent()
    {
        using var client = _emulator.CreateClient();
        var endpoint = new FalEndpoint<FrameRequest, FalRawResult>(client, Endpoint);
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
        var request = new FrameRequest(FalMedia.FromStream(pipe));
        var ex = await Assert.ThrowsAsync<InvalidOperationException>(() => new FalMemoryLedger().SubmitOnceAsync(endpoint, "order-1", request));
        Assert.Contains("read once only", ex.Message);
        Assert.Equal(0, _emulator.Received.CountOf(FalOperation.Submit));
    }

    [Fact]
    public async Task A_request_with_problems_is_refused_and_its_key_stays_free()
    {
        using var client = _emulator.CreateClient();
        var endpoint = new FalEndpoint<FrameRequest, FalRawResult>(client, Endpoint);
        var ledger = new FalMemoryLedger();
        var missing = new FrameRequest(FalMedia.FromUrl("ftp://files.invalid/frame.png"));
        await Assert.ThrowsAsync<FalValidationException>(() => ledger.SubmitOnceAsync(endpoint, "order-1", missing));
        Assert.Equal(0, (await ledger.CountAsync()).Total);
    }

    private sealed record FrameRequest(FalMedia Frame) : IFalObject<FrameRequest>
    {
        public static FrameRequest Read(ref FalJsonReader json) => throw new NotSupportedException();

        public void Write(FalJsonWriter json)
        {
            json.StartObject();
            json.String("prompt"u8, "snow");
            json.Media("image_url"u8, Frame);
            json.EndObject();
        }

        public void Check(FalChecks checks) => checks.Media("ImageUrl", Frame);
    }
}
