namespace Fal.Emulation;

/// <summary>A stream that passes a number of events and then aborts the writer.</summary>
internal sealed class EventCutStream(RawAnswer raw, int events, CancellationTokenSource enough) : Stream
{
    private int _left = events;
    private bool _begun;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_begun) raw.SendHead(null);
        _begun = true;
        while (_left > 0 && !buffer.IsEmpty)
        {
            var end = buffer.IndexOf("\n\n"u8);
            var length = end < 0 ? buffer.Length : end + 2;
            raw.Send(buffer[..length]);
            // A keep-alive comment is not an event.
            if (end >= 0 && buffer[0] != ':') _left--;
            buffer = buffer[length..];
        }
        if (_left == 0) enough.Cancel();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
