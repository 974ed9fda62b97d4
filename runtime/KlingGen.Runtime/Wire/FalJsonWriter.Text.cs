using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    // What JSON itself requires; everything else stays as it is.
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>Writes a text in quotes.</summary>
    private void Text(ReadOnlySpan<char> text)
    {
        // Three bytes per UTF-16 unit is the most that text without escapes takes.
        Reserve(checked(3 * text.Length + 2));
        _buffer[_position++] = (byte)'"';
        var done = CopyPlain(text, _buffer.AsSpan(_position));
        _position += done;
        while (done < text.Length)
        {
            var rest = text[done..];
            var run = rest.IndexOfAny(MustEscape);
            if (run < 0)
                run = rest.Length;
            if (run > 0)
                Transcode(rest[..run]);
            if (run == rest.Length)
                break;
            Escape(rest[run]);
            done += run + 1;
            // Escapes were not in the estimate; the rest and the closing quote must fit again.
            Reserve(checked(3 * (text.Length - done) + 1));
        }

        _buffer[_position++] = (byte)'"';
    }

    /// <summary>Copies the ASCII at the front that needs no escape, and says how much that was.</summary>
    private static int CopyPlain(ReadOnlySpan<char> text, Span<byte> target)
    {
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var destination = ref MemoryMarshal.GetReference(target);
        nuint done = 0;
        var length = (nuint)text.Length;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; length - done >= 16; done += 16)
            {
                var low = Vector128.LoadUnsafe(ref source, done);
                var high = Vector128.LoadUnsafe(ref source, done + 8);
                if (((Special(low) | Special(high)) != Vector128<ushort>.Zero))
                    break;
                Vector128.Narrow(low, high).StoreUnsafe(ref destination, done);
            }
        }

        for (; done < length; done++)
        {
            var unit = Unsafe.Add(ref source, done);
            if (unit is < ' ' or > '~' or '"' or '\\')
                break;
            Unsafe.Add(ref destination, done) = (byte)unit;
        }

        return (int)done;
    }

    private static Vector128<ushort> Special(Vector128<ushort> units)
        // The first comparison wraps around: below the space and above the tilde at once.
        => Vector128.GreaterThan(units - Vector128.Create((ushort)' '), Vector128.Create((ushort)('~' - ' ')))
            | Vector128.Equals(units, Vector128.Create((ushort)'"'))
            | Vector128.Equals(units, Vector128.Create((ushort)'\\'));

    private void Transcode(ReadOnlySpan<char> run)
    {
        // Halves of surrogate pairs become U+FFFD; the room for it is there, so the call cannot fail.
        Utf8.FromUtf16(run, _buffer.AsSpan(_position), out _, out var written, replaceInvalidSequences: true, isFinalBlock: true);
        _position += written;
    }

    private void Escape(char unit)
    {
        Reserve(6);
        var target = _buffer.AsSpan(_position);
        target[0] = (byte)'\\';
        var letter = unit switch
        {
            '"' or '\\' => (byte)unit,
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)'u',
        };
        target[1] = letter;
        if (letter != 'u')
        {
            _position += 2;
            return;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)(unit < 0x10 ? '0' : '1');
        target[5] = "0123456789abcdef"u8[unit & 0xF];
        _position += 6;
    }
}
