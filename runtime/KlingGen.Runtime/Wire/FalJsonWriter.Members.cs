using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    // `,"` before a name and `":` after it.
    private const int NameOverhead = 4;

    /// <summary>Writes a text member; nothing if it is null.</summary>
    public void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        StartMember(name, 0);
        StringValue(value);
    }

    /// <summary>Writes a true or false member; nothing if it is null.</summary>
    public void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is not { } given)
            return;
        StartMember(name, 5);
        Literal(given ? "true"u8 : "false"u8);
    }

    /// <summary>Writes an integer member; nothing if it is null.</summary>
    public void Integer(ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } given)
            return;
        StartMember(name, LongestInteger);
        IntegerValue(given);
    }

    /// <summary>Writes an integer member of any size; nothing if it is null.</summary>
    public void Wide(ReadOnlySpan<byte> name, Int128? value)
    {
        if (value is not { } given)
            return;
        StartMember(name, LongestWide);
        WideValue(given);
    }

    /// <summary>Writes a number member in its shortest exact form; nothing if it is null.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void Number(ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } given)
            return;
        if (!double.IsFinite(given) && _mode == FalJsonMode.Wire)
            throw NotFinite(given, name);
        StartMember(name, LongestNumber);
        NumberValue(given);
    }

    /// <summary>Writes the wire text of an enum value, escaped already; nothing if it is empty.</summary>
    public void Word(ReadOnlySpan<byte> name, ReadOnlySpan<byte> escaped)
    {
        if (escaped.IsEmpty)
            return;
        StartMember(name, escaped.Length + 3);
        WordValue(escaped);
    }

    /// <summary>Writes a member that is JSON already; nothing if it is null or undefined.</summary>
    public void Json(ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is not { ValueKind: not JsonValueKind.Undefined } given)
            return;
        StartMember(name, 0);
        JsonValue(given);
    }

    /// <summary>Writes a medium as its URL; nothing if it is null. A local one leaves a hole that its upload fills.</summary>
    public void Media(ReadOnlySpan<byte> name, FalMedia? value)
    {
        if (value is null)
            return;
        StartMember(name, 0);
        MediaValue(value);
    }

    /// <summary>Writes an object or union member; nothing if it is null.</summary>
    public void Object<T>(ReadOnlySpan<byte> name, T? value)
        where T : class, IFalObject<T>
    {
        if (value is null)
            return;
        StartMember(name, 0);
        value.Write(this);
    }

    /// <summary>Writes a member that is null.</summary>
    public void Null(ReadOnlySpan<byte> name)
    {
        StartMember(name, 4);
        NullValue();
    }

    /// <summary>Writes the name of a member; its value follows.</summary>
    public void Name(ReadOnlySpan<byte> name) => StartMember(name, 0);

    /// <summary>Writes a key of a map, escaping what needs it; its value follows.</summary>
    public void Name(string key)
    {
        _unordered = true;
        StringValue(key);
        Reserve(1);
        _buffer[_position++] = (byte)':';
        _comma = false;
    }

    /// <summary>Writes the members of <paramref name="extra"/> into the object that is open.</summary>
    public void Extra(FalExtra? extra)
    {
        if (extra is null)
            return;
        foreach (var (name, json) in extra.Members)
        {
            Name(name);
            Rewrite(json);
        }
    }

    /// <summary>Writes the comma, if one is due, and the name, and makes room for the value.</summary>
    private void StartMember(ReadOnlySpan<byte> name, int room)
    {
        Reserve(name.Length + NameOverhead + room);
        var position = _position;
        // The room was made above; this path is worth the saved checks.
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), position);
        if (_comma)
        {
            target = (byte)',';
            target = ref Unsafe.Add(ref target, 1);
            position++;
        }

        target = (byte)'"';
        target = ref Unsafe.Add(ref target, 1);
        name.CopyTo(MemoryMarshal.CreateSpan(ref target, name.Length));
        target = ref Unsafe.Add(ref target, name.Length);
        Unsafe.WriteUnaligned(ref target, QuoteColon);
        _position = position + name.Length + 3;
        _comma = false;
    }

    private static ushort QuoteColon => BitConverter.IsLittleEndian ? (ushort)0x3A22 : (ushort)0x223A;
}
