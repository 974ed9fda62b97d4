using System.Text;
using System.Text.Json;

namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    /// <summary>Reads a text, or null.</summary>
    public string? String()
    {
        if (Peek != '"')
            return IsNull() ? null : throw Unexpected("a string");
        var text = Text(out var escaped);
        return escaped ? FalJsonText.Unescape(text) : Encoding.UTF8.GetString(text);
    }

    /// <summary>Whether the value to be read next is this text, given unescaped, which then counts as read.</summary>
    public bool TextIs(ReadOnlySpan<byte> text)
    {
        if (Peek != '"')
            return false;
        var ahead = this;
        var token = ahead.Text(out var escaped);
        if (!(escaped ? FalJsonText.Same(token, text) : token.SequenceEqual(text)))
            return false;
        _position = ahead._position;
        return true;
    }

    /// <summary>Reads true or false, or null.</summary>
    public bool? Boolean()
    {
        switch (Peek)
        {
            case (byte)'t':
                Literal("true"u8);
                return true;
            case (byte)'f':
                Literal("false"u8);
                return false;
            default:
                return IsNull() ? null : throw Unexpected("true or false");
        }
    }

    /// <summary>Reads an integer of 32 bits, or null.</summary>
    public int? Int32() => Whole(int.MinValue, int.MaxValue, "a 32-bit integer") is { } value ? (int)value : null;

    /// <summary>Reads an integer of 64 bits, or null.</summary>
    public long? Integer() => Whole(long.MinValue, long.MaxValue, "a 64-bit integer") is { } value ? (long)value : null;

    /// <summary>Reads an integer of up to 128 bits, or null.</summary>
    public Int128? Wide() => Whole(Int128.MinValue, Int128.MaxValue, "a 128-bit integer");

    /// <summary>Reads a number, or null. One beyond the range of <see cref="double"/> is infinite.</summary>
    public double? Number()
    {
        switch (Peek)
        {
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return FalNumberText.ReadNumber(Digits(out _));
            case (byte)'"' when FalNumberText.TryReadNumber(String()!, out var value):
                return value;
            default:
                return IsNull() ? null : throw Unexpected("a number");
        }
    }

    /// <summary>Reads any JSON, or null.</summary>
    public JsonElement? Json() => IsNull() ? null : Any();

    /// <summary>Reads any JSON, null among it.</summary>
    public JsonElement Any()
    {
        var start = _position;
        Skip();
        return FalRawJson.ElementOf(_json[start.._position]);
    }

    /// <summary>Reads the URL of a medium, or null.</summary>
    public FalMedia? Media() => String();

    /// <summary>Reads an object or union, or null.</summary>
    public T? Object<T>()
        where T : class, IFalObject<T>
        => IsNull() ? null : T.Read(ref this);

    /// <summary>Whether the value to be read next is null, which then counts as read.</summary>
    public bool IsNull()
    {
        if (Peek != 'n')
            return false;
        Literal("null"u8);
        return true;
    }

    private Int128? Whole(Int128 min, Int128 max, string wanted)
    {
        ReadOnlySpan<byte> text;
        switch (Peek)
        {
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                text = Digits(out _);
                break;
            case (byte)'"':
                text = Text(out _);
                break;
            default:
                return IsNull() ? null : throw Unexpected(wanted);
        }

        return FalNumberText.TryReadInteger(text, out var value) && value >= min && value <= max ? value : throw Unexpected(wanted);
    }
}
