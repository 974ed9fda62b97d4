using System.Buffers;

namespace Fal;

/// <summary>Reads server-sent events as UTF-8 bytes, so that a character cut in two by the network stays whole.</summary>
internal sealed class SseReader : IAsyncDisposable
{
    /// <summary>The most an event of the status may hold.</summary>
    public const int LongestEvent = 16 * 1024 * 1024;

    /// <summary>fal sends a sign of life about every 15 seconds; three missed ones are a dead line.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private readonly Stream _stream;
    private readonly int _maxEventBytes;
    private readonly TimeSpan _gap;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _data = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _sawFirstLine;
    private bool _skipLineFeed;
    private bool _hasData;

    /// <param name="stream">The body; owned from now on.</param>
    /// <param name="maxEventBytes">The most one line or one event may hold.</param>
    /// <param name="gap">How long the line may be silent; comments count as signs of life.</param>
    /// <param name="time">The clock for <paramref name="gap"/>.</param>
    public SseReader(Stream stream, int maxEventBytes, TimeSpan gap, TimeProvider time)
    {
        _stream = stream;
        _maxEventBytes = maxEventBytes;
        _gap = gap;
        _time = time;
    }

    /// <summary>The data of the event last read; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>The name of the event last read; empty for the usual kind.</summary>
    public string Event { get; private set; } = "";

    /// <summary>True if the stream ended before the blank line that ends an event. The data may be whole or not: the last event of a paid stream is worth a look.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Moves to the next event that has data; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _data.ResetWrittenCount();
        _hasData = false;
        Event = "";
        while (true)
        {
            while (TakeLine(out var lineStart, out var lineLength))
            {
                if (lineLength > 0) Field(_buffer.AsSpan(lineStart, lineLength));
                else if (_hasData) return true;
                else Event = "";
            }
            if (!await FillAsync(cancellationToken).ConfigureAwait(false)) return TakeRest();
        }
    }

    public ValueTask DisposeAsync()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        return _stream.DisposeAsync();
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
            if (_data.WrittenCount + value.Length > _maxEventBytes) throw TooLong();
            if (_hasData) _data.Write("\n"u8);
            _data.Write(value);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            Event = System.Text.Encoding.UTF8.GetString(value);
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        using var silence = new CancellationTokenSource(_gap, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        int read;
        try
        {
            read = await _stream.ReadAsync(_buffer.AsMemory(_end), both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The event stream was silent for {_gap.TotalSeconds:0.#} seconds.");
        }
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _scanned = Math.Max(0, _scanned - _start);
            _end -= _start;
            _start = 0;
        }
        if (_end < _buffer.Length) return;
        if (_buffer.Length >= _maxEventBytes) throw TooLong();
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private InvalidDataException TooLong() => new($"An event of the stream is longer than {_maxEventBytes} bytes.");
}
