namespace Fal.Tests.Media;

/// <summary>A stream that cannot seek, of bytes or of a made-up length; counts what is read, and can fail or stall at a place.</summary>
internal sealed class OneWayStream(Func<long, Memory<byte>, int> fill) : Stream
{
    public OneWayStream(byte[] bytes)
        : this((at, buffer) =>
        {
            var count = (int)Math.Min(buffer.Length, bytes.Length - at);
            bytes.AsMemory((int)at, count).CopyTo(buffer);
            return count;
        })
    {
    }

    public long Taken { get; private set; }

    /// <summary>Waited for before each read.</summary>
    public Func<long, CancellationToken, Task>? Before { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>A stream of this length whose bytes tell their own place.</summary>
    public static OneWayStream Made(long length) => new((at, buffer) =>
    {
        var count = (int)Math.Min(buffer.Length, length - at);
        if (count > 0) Fill(at, buffer.Span[..count]);
        return count;
    });

    /// <summary>The bytes at a place of a made stream: each block of eight is its own number.</summary>
    public static void Fill(long at, Span<byte> span)
    {
        for (var i = 0; i < span.Length; i++)
        {
            var place = at + i;
            span[i] = (byte)((ulong)(place >> 3) >> (int)(8 * (place & 3)) ^ (ulong)place);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is not null) await Before(Taken, cancellationToken);
        var count = fill(Taken, buffer);
        Taken += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("No synchronous reads here.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
