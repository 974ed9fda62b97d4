using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fal.Wire;

/// <summary>Writes JSON as UTF-8 into a pooled buffer. Commas are the writer's business, correct nesting is the caller's.</summary>
/// <remarks>Names of members arrive as UTF-8 without quotes, escaped where JSON needs it.</remarks>
public sealed partial class FalJsonWriter : IDisposable
{
    private readonly FalJsonMode _mode;
    private byte[] _buffer;
    private int _position;
    private bool _comma;
    private List<FalJsonHole>? _holes;

    internal FalJsonWriter(FalJsonMode mode = FalJsonMode.Wire, int capacity = 1024)
    {
        _mode = mode;
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    }

    /// <summary>The media that still has to be uploaded, in the order of the text.</summary>
    internal IReadOnlyList<FalJsonHole> Holes => _holes is null ? [] : _holes;

    /// <summary>What is written so far, without what belongs into the holes.</summary>
    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _position);

    /// <summary>Starts an object.</summary>
    public void StartObject() => Open((byte)'{');

    /// <summary>Ends the object that is open.</summary>
    public void EndObject() => Close((byte)'}');

    /// <summary>Starts an array.</summary>
    public void StartArray() => Open((byte)'[');

    /// <summary>Ends the array that is open.</summary>
    public void EndArray() => Close((byte)']');

    /// <summary>Makes room for another text in the same buffer.</summary>
    internal void Clear()
    {
        _position = 0;
        _comma = false;
        _unordered = false;
        _holes = null;
    }

    /// <summary>Copies JSON up to a hole, then what belongs into the hole.</summary>
    internal void Fill(ReadOnlySpan<byte> before, string? url)
    {
        Reserve(before.Length);
        before.CopyTo(_buffer.AsSpan(_position));
        _position += before.Length;
        if (url is not null)
            Text(url);
    }

    /// <summary>Gives the buffer back. What <see cref="Written"/> gave out must not be used afterwards.</summary>
    void IDisposable.Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _position = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Open(byte bracket)
    {
        Reserve(2);
        var buffer = _buffer;
        var position = _position;
        if (_comma)
            buffer[position++] = (byte)',';
        buffer[position++] = bracket;
        _position = position;
        _comma = false;
    }

    private void Close(byte bracket)
    {
        Reserve(1);
        _buffer[_position++] = bracket;
        _comma = true;
    }

    /// <summary>Room for <paramref name="count"/> more bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (_buffer.Length - _position < count)
            Grow(count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var needed = checked(_position + count);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(2L * _buffer.Length, needed, Array.MaxLength));
        _buffer.AsSpan(0, _position).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
