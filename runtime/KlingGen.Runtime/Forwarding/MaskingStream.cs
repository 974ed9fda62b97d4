namespace Fal;

/// <summary>
/// A read-only stream that replaces every occurrence of given byte strings by asterisks of the same length, also if an
/// occurrence arrives in two pieces. Bytes are held back only while they may be the beginning of an occurrence.
/// </summary>
/// <param name="inner">The stream, which is disposed with this one.</param>
/// <param name="secrets">The byte strings to replace; of two that overlap, the longer one first.</param>
internal sealed class MaskingStream(Stream inner, byte[][] secrets) : ForwardOnlyStream
{
    private readonly byte[] _buffer = new byte[16 * 1024 + (secrets.Length == 0 ? 0 : secrets.Max(secret => secret.Length))];
    private int _start;
    private int _safe;
    private int _filled;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_safe == _start && !_ended)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            (_filled, _start) = (_filled - _start, 0);
            var count = await inner.ReadAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            _ended = count == 0;
            _filled += count;
            _safe = _ended ? _filled : _filled - LongestBeginning(_buffer.AsSpan(0, _filled));
            Mask(_buffer.AsSpan(0, _filled), _safe);
        }
        var length = Math.Min(buffer.Length, _safe - _start);
        _buffer.AsSpan(_start, length).CopyTo(buffer.Span);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // A match that begins in the held-back part waits for its rest: a longer secret may begin with a shorter one.
    private void Mask(Span<byte> bytes, int safe)
    {
        foreach (var secret in secrets)
        {
            for (var from = 0; bytes[from..].IndexOf(secret) is >= 0 and var at && from + at < safe; from += at + secret.Length)
                bytes.Slice(from + at, secret.Length).Fill((byte)'*');
        }
    }

    // Returns how many bytes at the end may be the beginning of a secret whose rest has not arrived.
    private int LongestBeginning(ReadOnlySpan<byte> bytes)
    {
        var longest = 0;
        foreach (var secret in secrets)
        {
            for (var length = Math.Min(secret.Length - 1, bytes.Length); length > longest; length--)
            {
                if (!bytes.EndsWith(secret.AsSpan(0, length))) continue;
                longest = length;
                break;
            }
        }
        return longest;
    }
}
