namespace Fal.AspNetCore;

/// <summary>A request body that ends in an exception beyond a limit, and remembers why it broke off.</summary>
internal sealed class LimitedStream(Stream inner, long limit) : Stream
{
    private long _count;

    /// <summary>Whether the body was longer than the limit.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>The failure of the caller's connection, where it broke off.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _count += count;
            IsExceeded |= _count > limit;
            return IsExceeded ? throw new IOException("The request body is longer than the limit.") : count;
        }
        catch (Exception ex)
        {
            Failure = ex;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
