using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    // What JSON itself requires; everything else stays as it is.
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    // Room is made for the worst case of a piece, not of a text of megabytes.
    private const int LongestPiece = 16 * 1024;

    /// <summary>Writes a text in quotes.</summary>
    private void Text(ReadOnlySpan<char> text)
    {
        Reserve(1);
        _buffer[_position++] = (byte)'"';
        while (text.Length > LongestPiece)
        {
            var length = char.IsHighSurrogate(text[LongestPiece - 1]) ? LongestPiece - 1 : LongestPiece;
            Piece(text[..length]);
            text = text[length..];
        }

        Piece(text);
        Reserve(1);
        _buffer[_position++] = (byte)'"';
    }

    private void Piece(ReadOnlySpan<char> text)
    {
        // Three bytes per UTF-16 unit is the most that text without escapes takes.
        Reserve(3 * text.Length + 1);
        while (true)
        {
            var plain = CopyPlain(text, ref _buffer[_position]);
            _position += plain;
            if (plain == text.Length)
                return;
            text = text[plain..];
            text = text[(text[0] < 0x80 ? Escape(text) : Transcode(text))..];
        }
    }

    /// <summary>Copies the ASCII at the front that needs no escape, and says how much that was.</summary>
    /// <remarks>The target has room for three times the text; what is beyond the copied part is overwritten later.</remarks>
    private static int CopyPlain(ReadOnlySpan<char> text, ref byte target)
    {
        ref var source = ref Unsafe.As<char, short>(ref MemoryMarshal.GetReference(text));
        if (!Vector128.IsHardwareAccelerated || text.Length < Vector128<short>.Count)
            return CopyUnits(text, ref target);

        var half = text.Length - Vector128<short>.Count;
        if (text.Length < Vector128<byte>.Count)
        {
            // Eight units at the front and eight at the end, over some that are done already.
            var both = Narrow(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, (nuint)half));
            if (Special(both) != Vector128<byte>.Zero)
                return CopyUnits(text, ref target);
            both.GetLower().StoreUnsafe(ref target);
            both.GetUpper().StoreUnsafe(ref target, (nuint)half);
            return text.Length;
        }

        var last = text.Length - Vector128<byte>.Count;
        for (var at = 0; ; at = Math.Min(at + Vector128<byte>.Count, last))
        {
            var bytes = Narrow(Vector128.LoadUnsafe(ref source, (nuint)at), Vector128.LoadUnsafe(ref source, (nuint)at + 8));
            bytes.StoreUnsafe(ref target, (nuint)at);
            var special = Special(bytes);
            if (special != Vector128<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            if (at == last)
                return text.Length;
        }
    }

    /// <summary>All bits of the bytes that are not plain ASCII, or need an escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Special(Vector128<byte> bytes)
        // Bytes from 0x80 are negative here, so one comparison finds them and the controls.
        => Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));

    /// <summary>Sixteen units to bytes. Units beyond a byte become 0 or at least 0x80, both of which stand out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<short> low, Vector128<short> high)
    {
        if (Sse2.IsSupported)
            return Sse2.PackUnsignedSaturate(low, high);
        var most = Vector128.Create((ushort)0xFF);
        return Vector128.Narrow(Vector128.Min(low.AsUInt16(), most), Vector128.Min(high.AsUInt16(), most));
    }

    private static int CopyUnits(ReadOnlySpan<char> text, ref byte target)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '\u007f' or '"' or '\\')
                return i;
            Unsafe.Add(ref target, i) = (byte)text[i];
        }

        return text.Length;
    }

    /// <summary>Writes what stands before the next escape, and says how much that was.</summary>
    private int Transcode(ReadOnlySpan<char> text)
    {
        var run = text.IndexOfAny(MustEscape);
        if (run < 0)
            run = text.Length;
        // Halves of surrogate pairs become U+FFFD; the room for it is there, so the call cannot fail.
        Utf8.FromUtf16(text[..run], _buffer.AsSpan(_position), out _, out var written);
        _position += written;
        return run;
    }

    /// <summary>Writes the first unit as an escape, and says how much that was: one.</summary>
    private int Escape(ReadOnlySpan<char> text)
    {
        // Escapes were not in the estimate: what follows must fit again.
        Reserve(6 + 3 * text.Length);
        var unit = text[0];
        var target = _buffer.AsSpan(_position, 6);
        target[0] = (byte)'\\';
        target[1] = unit switch
        {
            '"' or '\\' => (byte)unit,
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)'u',
        };
        if (target[1] != 'u')
        {
            _position += 2;
            return 1;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (unit >> 4));
        target[5] = "0123456789abcdef"u8[unit & 0xF];
        _position += 6;
        return 1;
    }
}
