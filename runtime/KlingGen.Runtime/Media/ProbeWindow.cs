namespace Fal.Media;

/// <summary>
/// A bounded reader for probes: independent of the file's content, no probe reads more than <see cref="MostBytes"/> in
/// <see cref="MostReads"/> reads. After that, and after a failed read, every read returns the end of the file.
/// </summary>
internal sealed class ProbeWindow(MediaBytes source)
{
    public const int MostBytes = 4 * 1024 * 1024;
    public const int MostReads = 1024;
    public const int LongestPiece = 64 * 1024;
    private const int Page = 4096;

    private byte[] _buffer = new byte[Page];
    private long _start;
    private int _count;
    private int _reads;
    private long _bytes;

    public long? Length => source.Length;

    /// <summary>The length of the file; <see cref="long.MaxValue"/> if unknown.</summary>
    public long End => source.Length ?? long.MaxValue;

    /// <summary>Up to <paramref name="count"/> bytes at <paramref name="offset"/>; fewer at the end. Valid until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        if (offset < 0 || offset >= End) return default;
        count = (int)Math.Min(Math.Min(count, LongestPiece), End - offset);
        if (offset < _start || offset + count > _start + _count) Fill(offset, count);
        var skip = offset - _start;
        return skip < 0 || skip >= _count ? default : _buffer.AsSpan((int)skip, (int)Math.Min(count, _count - skip));
    }

    private void Fill(long offset, int count)
    {
        var wanted = Math.Max(count, Page);
        if (_buffer.Length < wanted) _buffer = new byte[wanted];
        _start = offset;
        _count = 0;
        while (_count < count && _reads < MostReads && _bytes < MostBytes)
        {
            _reads++;
            var read = ReadSome(offset + _count, _buffer.AsSpan(_count, wanted - _count));
            if (read <= 0) return;
            _count += read;
            _bytes += read;
        }
    }

    // A probe returns only the known values; the upload of an unreadable file reports the error.
    private int ReadSome(long offset, Span<byte> buffer)
    {
        try
        {
            return source.Read(offset, buffer);
        }
        catch (Exception ex) when (ex is IOException or NotSupportedException or InvalidOperationException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
