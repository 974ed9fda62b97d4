namespace Fal.Media;

/// <summary>
/// A stream of the caller that cannot seek. Its beginning is buffered for the check before the upload; the rest is read once,
/// in order.
/// </summary>
internal sealed class ForwardOnlyBytes(Stream stream) : MediaBytes
{
    /// <summary>The size of the buffered beginning.</summary>
    public const int HeadLength = 256 * 1024;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[]? _head;
    private int _headCount;
    private long _position;
    private bool _ended;
    private int _taken;

    /// <summary>The length, known only after the end was read.</summary>
    public override long? Length => _ended ? _position : null;

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _head ??= new byte[HeadLength];
            while (!_ended && _position == _headCount && _headCount < HeadLength)
            {
                var count = await stream.ReadAsync(_head.AsMemory(_headCount), cancellationToken).ConfigureAwait(false);
                _ended = count == 0;
                _headCount += count;
                _position += count;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public override int Read(long offset, Span<byte> buffer)
    {
        if (_head is null || offset >= _headCount) return 0;
        var count = (int)Math.Min(buffer.Length, _headCount - offset);
        _head.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (offset < _headCount) return Read(offset, buffer.Span);
            if (offset != _position) throw new InvalidOperationException("A stream that cannot seek is read in order.");
            if (_ended) return 0;
            var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _ended = count == 0;
            _position += count;
            return count;
        }
        finally
        {
            _turn.Release();
        }
    }
}
