using System.Globalization;
using System.Runtime.CompilerServices;
#if NET10_0_OR_GREATER
using System.Runtime.InteropServices;
#endif
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    // Each with the comma before it.
    private const int LongestInteger = 21;
    private const int LongestWide = 41;
    private const int LongestNumber = 33;

    /// <summary>Writes a text, or null.</summary>
    public void StringValue(string? value)
    {
        if (value is null)
        {
            NullValue();
            return;
        }

        if (_mode == FalJsonMode.Display)
            value = FalDisplayText.Shorten(value);
        Separate(2);
        Text(value);
        _comma = true;
    }

    /// <summary>Writes true or false.</summary>
    public void BooleanValue(bool value)
    {
        Separate(5);
        Literal(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes an integer.</summary>
    public void IntegerValue(long value)
    {
        Separate(LongestInteger);
        value.TryFormat(_buffer.AsSpan(_position), out var written, default, CultureInfo.InvariantCulture);
        _position += written;
        _comma = true;
    }

    /// <summary>Writes an integer of any size.</summary>
    public void WideValue(Int128 value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            IntegerValue((long)value);
            return;
        }

        Separate(LongestWide);
        value.TryFormat(_buffer.AsSpan(_position), out var written, default, CultureInfo.InvariantCulture);
        _position += written;
        _comma = true;
    }

    /// <summary>Writes a number in its shortest exact form.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void NumberValue(double value)
    {
        if (!double.IsFinite(value))
        {
            // Display and comparison must not throw, and text keeps the three apart.
            if (_mode == FalJsonMode.Wire)
                throw NotFinite(value, default);
            StringValue(value.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Separate(LongestNumber);
        _position += FalNumberText.Write(_buffer.AsSpan(_position), value);
        _comma = true;
    }

    /// <summary>Writes the wire text of an enum value, escaped already.</summary>
    public void WordValue(ReadOnlySpan<byte> escaped)
    {
        Separate(escaped.Length + 2);
        _buffer[_position++] = (byte)'"';
        escaped.CopyTo(_buffer.AsSpan(_position));
        _position += escaped.Length;
        _buffer[_position++] = (byte)'"';
        _comma = true;
    }

    /// <summary>Writes what is JSON already.</summary>
    /// <exception cref="ArgumentException">The element is undefined.</exception>
    public void JsonValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            if (_mode == FalJsonMode.Wire)
                throw new ArgumentException("A JsonElement that was never set has no JSON form.", nameof(value));
            NullValue();
            return;
        }

#if NET10_0_OR_GREATER
        Rewrite(JsonMarshal.GetRawUtf8Value(value));
#else
        Rewrite(Encoding.UTF8.GetBytes(value.GetRawText()));
#endif
    }

    /// <summary>Writes a medium as its URL, or null. A local one leaves a hole that its upload fills.</summary>
    public void MediaValue(FalMedia? value)
    {
        if (value is null)
        {
            NullValue();
            return;
        }

        if (value.Url is { } url)
        {
            StringValue(url);
        }
        else if (_mode == FalJsonMode.Wire)
        {
            Separate(0);
            (_holes ??= []).Add(new(_position, value));
            _comma = true;
        }
        else
        {
            StringValue(_mode == FalJsonMode.Display ? value.ToString() : IdentityOf(value));
        }
    }

    /// <summary>Writes an object or union, or null.</summary>
    public void ObjectValue<T>(T? value)
        where T : class, IFalObject<T>
    {
        if (value is null)
            NullValue();
        else
            value.Write(this);
    }

    /// <summary>Writes null.</summary>
    public void NullValue()
    {
        Separate(4);
        Literal("null"u8);
    }

    private void Literal(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_position));
        _position += text.Length;
        _comma = true;
    }

    /// <summary>The comma before a value, where one is due, and room for the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Separate(int room)
    {
        Reserve(room + 1);
        if (_comma)
            _buffer[_position++] = (byte)',';
    }

    private static ArgumentException NotFinite(double value, ReadOnlySpan<byte> name)
    {
        var member = name.IsEmpty ? "A number" : $"'{Encoding.UTF8.GetString(name)}'";
        return new($"{member} must be a finite number, not {value.ToString(CultureInfo.InvariantCulture)}: JSON has no form for it.");
    }
}
