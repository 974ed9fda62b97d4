using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fal.Wire;

// The grammar of JSON's tokens, nothing more lenient and nothing stricter.
public ref partial struct FalJsonReader
{
    /// <summary>The byte to be read next; 0, which is never right, at the end.</summary>
    private readonly byte Peek
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => At(_position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int position) => (uint)position < (uint)_json.Length ? _json[position] : (byte)0;

    /// <summary>Moves to the start of a value.</summary>
    private void Arrive()
    {
        Space();
        _value = _position;
    }

    private void Space()
    {
        while (Peek is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _position++;
    }

    private void Literal(ReadOnlySpan<byte> word)
    {
        if (!_json[_position..].StartsWith(word))
            throw Malformed("a value");
        _position += word.Length;
    }

    /// <summary>Reads a text in quotes, without the quotes, its escapes checked but not undone.</summary>
    private ReadOnlySpan<byte> Text(out bool escaped)
    {
        var start = ++_position;
        escaped = false;
        while (true)
        {
            _position += PlainLength(_json[_position..]);
            switch (Peek)
            {
                case (byte)'"':
                    return _json[start.._position++];
                case (byte)'\\':
                    escaped = true;
                    Escape();
                    break;
                default:
                    throw Malformed("the rest of a text");
            }
        }
    }

    private void Escape()
    {
        _position++;
        if (Peek is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            _position++;
            return;
        }

        if (Peek != 'u')
            throw Malformed("an escape");
        _position++;
        for (var end = _position + 4; _position < end; _position++)
        {
            if (!char.IsAsciiHexDigit((char)Peek))
                throw Malformed("four hexadecimal digits");
        }
    }

    /// <summary>Reads a number and says whether it is written without fraction and exponent.</summary>
    private ReadOnlySpan<byte> Digits(out bool integral)
    {
        var start = _position;
        if (Peek == '-')
            _position++;
        // A zero stands alone: a digit after it is no continuation.
        if (Peek == '0')
            _position++;
        else
            SomeDigits(_position == start ? "a value" : "a digit");
        integral = true;
        if (Peek == '.')
        {
            integral = false;
            _position++;
            SomeDigits("a digit");
        }

        if (Peek is (byte)'e' or (byte)'E')
        {
            integral = false;
            _position++;
            if (Peek is (byte)'+' or (byte)'-')
                _position++;
            SomeDigits("a digit");
        }

        return _json[start.._position];
    }

    private void SomeDigits(string wanted)
    {
        if (!char.IsAsciiDigit((char)Peek))
            throw Malformed(wanted);
        do
            _position++;
        while (char.IsAsciiDigit((char)Peek));
    }

    /// <summary>How much of a text comes before a quote, a backslash, or a control character.</summary>
    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        var done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var source = ref MemoryMarshal.GetReference(text);
            for (; done <= text.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
            {
                var bytes = Vector128.LoadUnsafe(ref source, (nuint)done);
                var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                    | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                    | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes);
                if (special != Vector128<byte>.Zero)
                    return done + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        while (done < text.Length && text[done] is >= (byte)' ' and not (byte)'"' and not (byte)'\\')
            done++;
        return done;
    }
}
