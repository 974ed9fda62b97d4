using System.Text;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>Server-sent events as bytes, however the network cuts them.</summary>
public sealed class SseReaderTests
{
    private const string Sample = "\uFEFF: hello\r\ndata: {\"a\":\"é🎬\"}\r\n\r\nevent: note\rdata:one\rdata: two\r\rid: 7\nretry: 100\ndata\n\n: "
        + "ping\n\nevent: lost\n\ndata: end\n\n";
    private static readonly string[] SampleEvents = ["|{\"a\":\"é🎬\"}", "note|one\ntwo", "|", "|end"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Events_are_the_same_however_the_bytes_are_cut(int chunk)
    {
        var events = await ReadAllAsync(Encoding.UTF8.GetBytes(Sample).Chunk(chunk));
        Assert.Equal(SampleEvents, events);
    }

    [Fact]
    public async Task Events_are_the_same_for_random_cuts()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var chunks = new List<byte[]>();
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, random.Next(1, 12));
                chunks.Add(bytes[at..(at + length)]);
                at += length;
            }
            Assert.Equal(SampleEvents, await ReadAllAsync(chunks));
        }
    }

    [Fact]
    public async Task An_event_without_its_blank_line_is_delivered_at_the_end_and_marked()
    {
        await using var reader = await ReaderAsync(["data: 1\n\ndata: 2"u8.ToArray()]);
        Assert.True(await reader.ReadAsync(default));
        Assert.False(reader.IsCut);
        Assert.True(await reader.ReadAsync(default));
        Assert.True(reader.IsCut);
        Assert.Equal("2", Encoding.UTF8.GetString(reader.Data.Span));
        Assert.False(await reader.ReadAsync(default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData(": only comments\n\n")]
    [InlineData("event: x\nid: 3\n\n")]
    [InlineData("nonsense\n\n")]
    public async Task What_holds_no_data_is_no_event(string text) => Assert.Empty(await ReadAllAsync([Encoding.UTF8.GetBytes(text)]));

    [Fact]
    public async Task A_long_event_is_read_and_a_longer_one_is_refused()
    {
        var long1 = "data: " + new string('x', 60_000) + "\n\n";
        Assert.Equal(60_001, Assert.Single(await ReadAllAsync(Encoding.UTF8.GetBytes(long1).Chunk(1000), limit: 128 * 1024)).Length);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync(Encoding.UTF8.GetBytes(long1).Chunk(1000), limit: 16 * 1024));
        var endless = Enumerable.Repeat(Encoding.UTF8.GetBytes("data: " + new string('x', 100) + "\n"), 10_000);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync(endless, limit: 16 * 1024));
    }

    [Fact]
    public async Task Silence_ends_the_stream_and_a_comment_is_a_sign_of_life()
    {
        var time = new FakeTime();
        var gate = new Gate();
        var second = new Gate();
        using var body = new ScriptedBody(null, gate.Step, Replies.Send(": ping\n"), second.Step);
        await using var reader = new SseReader(await body.ReadAsStreamAsync(), 1024, TimeSpan.FromSeconds(45), bytesCount: true, time);
        var reading = reader.ReadAsync(default).AsTask();
        await gate.ReachedAsync();
        time.Advance(TimeSpan.FromSeconds(44));
        gate.Open();
        await second.ReachedAsync();
        time.Advance(TimeSpan.FromSeconds(44));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var silence = await Assert.ThrowsAsync<IOException>(() => reading);
        Assert.Contains("45 seconds", silence.Message, StringComparison.Ordinal);
        Assert.Equal(0, time.PendingTimers);
    }

    [Fact]
    public async Task A_cancelled_token_ends_the_reading_at_once()
    {
        using var body = new ScriptedBody(null, Replies.Stall());
        await using var reader = new SseReader(await body.ReadAsStreamAsync(), 1024, TimeSpan.FromSeconds(45), bytesCount: true, new FakeTime());
        using var source = new CancellationTokenSource();
        var reading = reader.ReadAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Disposing_twice_closes_the_stream_once_and_harms_nothing()
    {
        using var body = new ScriptedBody(null, Replies.Send("data: 1\n\n"));
        var reader = new SseReader(await body.ReadAsStreamAsync(), 1024, TimeSpan.FromSeconds(45), bytesCount: true, new FakeTime());
        await reader.DisposeAsync();
        await reader.DisposeAsync();
        Assert.True(body.Disposed);
    }

    private static async Task<SseReader> ReaderAsync(IEnumerable<byte[]> chunks, int limit = 1024 * 1024)
    {
        var body = new ScriptedBody(null, [.. chunks.Select(Replies.Send)]);
        return new SseReader(await body.ReadAsStreamAsync(), limit, TimeSpan.FromSeconds(45), bytesCount: true, new FakeTime());
    }

    private static async Task<List<string>> ReadAllAsync(IEnumerable<byte[]> chunks, int limit = 1024 * 1024)
    {
        var events = new List<string>();
        await using var reader = await ReaderAsync(chunks, limit);
        while (await reader.ReadAsync(default)) events.Add(reader.Event + "|" + Encoding.UTF8.GetString(reader.Data.Span));
        return events;
    }
}
