using System.Buffers;

namespace Fal;

/// <summary>SSE parser: reads server-sent events as UTF-8 bytes, so that a character that arrives in two chunks is decoded as one.</summary>
/// <param name="stream">The body; this reader takes ownership.</param>
/// <param name="maxEventBytes">The maximum size of one line and of one event. Not more than this, plus one small buffer,
/// is read from the stream for one.</param>
/// <param name="timeout">Timeout until the next event.</param>
/// <param name="bytesCount">Whether every byte starts the timeout again, such as that of a comment.</param>
/// <param name="time">The clock for the timeout.</param>
internal sealed class SseReader(Stream stream, int maxEventBytes, TimeSpan timeout, bool bytesCount, TimeProvider time) : IAsyncDisposable
{
    /// <summary>fal sends a keep-alive about every 15 seconds; after three missing ones the connection counts as broken.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private const int FirstBuffer = 4096;
    private const int LargestKept = 1024 * 1024;
    private ArrayBufferWriter<byte> _data = new();
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private int _scanned;
    private bool _sawFirstLine;
    private bool _skipLineFeed;
    private bool _hasData;

    /// <summary>The data of the event last read; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>The name of the event last read; empty for the default event type.</summary>
    public string Event { get; private set; } = "";

    /// <summary>
    /// True if the stream ended before the blank line that ends an event. The data may be complete or not; the last event of
    /// a paid stream is returned in any case.
    /// </summary>
    public bool IsCut { get; private set; }

    /// <summary>Moves to the next event that has data; false at the end of the stream.</summary>
    /// <exception cref="IOException">The timeout passed.</exception>
    /// <exception cref="InvalidDataException">The event is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Reset();
        using var timer = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            while (true)
            {
                while (TakeLine(out var lineStart, out var lineLength))
                {
                    if (lineLength > 0) Field(_buffer.AsSpan(lineStart, lineLength));
                    else if (_hasData) return true;
                    else Event = "";
                }
                MakeRoom();
                if (bytesCount) timer.CancelAfter(timeout);
                var read = await stream.ReadAsync(_buffer.AsMemory(_end), both.Token).ConfigureAwait(false);
                if (read == 0) return TakeRest();
                _end += read;
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var missing = bytesCount ? "no byte" : "no event";
            throw new IOException(FormattableString.Invariant($"The event stream brought {missing} for {timeout.TotalSeconds:0.#} seconds."));
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Reset()
    {
        // The buffer of one very large event is not kept for later small events.
        if (_data.Capacity > LargestKept) _data = new ArrayBufferWriter<byte>();
        else _data.ResetWrittenCount();
        _hasData = false;
        Event = "";
    }

    private bool TakeLine(out int lineStart, out int lineLength)
    {
        // A CR that ended the last chunk may be the first half of a CRLF.
        if (_skipLineFeed && _start < _end)
        {
            if (_buffer[_start] == '\n') _start++;
            _skipLineFeed = false;
        }
        var from = Math.Max(_start, _scanned);
        var at = _buffer.AsSpan(from, _end - from).IndexOfAny((byte)'\r', (byte)'\n');
        lineStart = _start;
        lineLength = 0;
        if (at < 0)
        {
            _scanned = _end;
            return false;
        }
        lineLength = from + at - _start;
        _skipLineFeed = _buffer[from + at] == '\r';
        _start = _scanned = from + at + 1;
        if (!_sawFirstLine)
        {
            _sawFirstLine = true;
            if (_buffer.AsSpan(lineStart, lineLength).StartsWith("\uFEFF"u8))
            {
                lineStart += 3;
                lineLength -= 3;
            }
        }
        return true;
    }

    private bool TakeRest()
    {
        if (_end > _start) Field(_buffer.AsSpan(_start, _end - _start));
        _start = _scanned = _end;
        IsCut = _hasData;
        return _hasData;
    }

    private void Field(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon == 0) return;
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        if (value.StartsWith(" "u8)) value = value[1..];
        if (name.SequenceEqual("data"u8))
        {
            if ((long)_data.WrittenCount + value.Length > maxEventBytes) throw TooLong();
            if (_hasData) _data.Write("\n"u8);
            _data.Write(value);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            Event = System.Text.Encoding.UTF8.GetString(value);
        }
    }

    // Called when every complete line was consumed, so the buffer contains only the beginning of a line.
    private void MakeRoom()
    {
        var pending = _end - _start;
        if ((long)_data.WrittenCount + pending >= (long)maxEventBytes + FirstBuffer) throw TooLong();
        if (_buffer.Length > LargestKept && pending < FirstBuffer) MoveTo(new byte[FirstBuffer]);
        else if (pending == _buffer.Length) MoveTo(new byte[(int)Math.Min(2L * _buffer.Length, (long)maxEventBytes + FirstBuffer)]);
        else if (_start > 0) MoveTo(_buffer);
    }

    private void MoveTo(byte[] buffer)
    {
        Buffer.BlockCopy(_buffer, _start, buffer, 0, _end - _start);
        _buffer = buffer;
        _scanned = Math.Max(0, _scanned - _start);
        _end -= _start;
        _start = 0;
    }

    private InvalidDataException TooLong() => new($"An event of the stream is longer than {maxEventBytes} bytes.");
}
