using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Fal.Tests.Media;

/// <summary>
/// Plays fal's storage: tickets, single uploads, parts, and putting them together. Keeps only sums of what it is sent,
/// so that it can be sent much.
/// </summary>
internal sealed class StorageHost : HttpMessageHandler
{
    private int _tickets;
    private int _now;

    public const string Place = "https://storage.example/bucket/u";

    /// <summary>Each request: method, address, and headers that must not be there.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Bytes and their sum by address.</summary>
    public ConcurrentDictionary<string, (long Length, ulong Sum)> Received { get; } = new();

    /// <summary>Body of the last "complete".</summary>
    public string? Completed { get; private set; }

    public string? Announced { get; private set; }

    public string? Lifecycle { get; private set; }

    public int MostAtOnce { get; private set; }

    /// <summary>Called for each PUT; an answer here is used instead of success.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? OnPut { get; set; }

    public Func<HttpRequestMessage, HttpResponseMessage?>? OnOther { get; set; }

    public string UploadUrl { get; init; } = Place + "{0}?sig=a%2Fb";

    public string FileUrl { get; init; } = "https://v3.fal.media/files/{0}.bin";

    public bool TagInHeader { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        Calls.Enqueue($"{request.Method} {url}");
        if (url.Host != "rest.fal.ai")
        {
            foreach (var header in request.Headers.NonValidated)
                if (header.Key is "Authorization" or "Cookie" || header.Key.StartsWith("X-Fal", StringComparison.OrdinalIgnoreCase))
                    throw new InvalidOperationException("leaked " + header.Key);
        }
        if (request.Method == HttpMethod.Put) return await PutAsync(request, cancellationToken);
        if (OnOther?.Invoke(request) is { } other) return other;
        if (url.Host == "rest.fal.ai")
        {
            Assert.Equal("Key canary-id:canary-secret", request.Headers.Authorization!.ToString());
            Announced = await request.Content!.ReadAsStringAsync(cancellationToken);
            Lifecycle = request.Headers.TryGetValues("X-Fal-Object-Lifecycle", out var values) ? values.Single() : null;
            var number = Interlocked.Increment(ref _tickets);
            return Json($$"""{"upload_url":"{{string.Format(null, UploadUrl, number)}}","file_url":"{{string.Format(null, FileUrl, number)}}"}""");
        }
        if (url.AbsolutePath.EndsWith("/complete", StringComparison.Ordinal))
        {
            Completed = await request.Content!.ReadAsStringAsync(cancellationToken);
            return Json("{}");
        }
        return new HttpResponseMessage(HttpStatusCode.NotFound);
    }

    public static HttpResponseMessage Json(string json, int status = 200)
        => new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private async Task<HttpResponseMessage> PutAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var now = Interlocked.Increment(ref _now);
        lock (this) MostAtOnce = Math.Max(MostAtOnce, now);
        try
        {
            using var sink = new SumStream();
            await request.Content!.CopyToAsync(sink, ct);
            Assert.Equal(request.Content.Headers.ContentLength, sink.Written);
            if (OnPut is not null && await OnPut(request, ct) is { } answer) return answer;
            Received[request.RequestUri!.ToString()] = (sink.Written, sink.Sum);
            var name = request.RequestUri!.Segments[^1];
            var response = TagInHeader
                ? new HttpResponseMessage(HttpStatusCode.OK)
                : Json($$"""{"partNumber":{{(int.TryParse(name, out var n) ? n : 0)}},"etag":"\"tag-{{name}}\""}""");
            if (TagInHeader) response.Headers.TryAddWithoutValidation("ETag", $"\"tag-{name}\"");
            return response;
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}

/// <summary>Takes bytes, keeps a sum that depends on each byte's place.</summary>
internal sealed class SumStream : Stream
{
    public long Written { get; private set; }

    public ulong Sum { get; private set; }

    /// <summary>The sum of a slice of <see cref="OneWayStream.Made"/>.</summary>
    public static ulong Of(long offset, long length)
    {
        using var sum = new SumStream();
        var buffer = new byte[64 * 1024];
        for (long done = 0; done < length;)
        {
            var count = (int)Math.Min(buffer.Length, length - done);
            OneWayStream.Fill(offset + done, buffer.AsSpan(0, count));
            sum.Write(buffer.AsSpan(0, count));
            done += count;
        }
        return sum.Sum;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var sum = Sum;
        foreach (var b in buffer) sum = (sum ^ b) * 0x100000001B3 + 1;
        (Sum, Written) = (sum, Written + buffer.Length);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>A large medium that can be read anywhere, made up as it is read; knows how much was asked for at a time.</summary>
internal sealed class MadeStream(long length) : Stream
{
    public int LargestRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        LargestRead = Math.Max(LargestRead, buffer.Length);
        var count = (int)Math.Clamp(length - Position, 0, buffer.Length);
        OneWayStream.Fill(Position, buffer[..count]);
        Position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Listens on the reporting thread, in order.</summary>
internal sealed class Reports<T> : IProgress<T>
{
    private readonly List<T> _all = [];

    public IReadOnlyList<T> All { get { lock (_all) return [.. _all]; } }

    public void Report(T value) { lock (_all) _all.Add(value); }
}
