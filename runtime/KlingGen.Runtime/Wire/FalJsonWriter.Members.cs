using System.Text.Json;

namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    /// <summary>Writes a string property; nothing if it is null.</summary>
    public void String(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            _json.WriteString(name, Shown(value));
    }

    /// <summary>Writes a Boolean property; nothing if it is null.</summary>
    public void Boolean(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } given)
            _json.WriteBoolean(name, given);
    }

    /// <summary>Writes an integer property; nothing if it is null.</summary>
    public void Integer(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } given)
            _json.WriteNumber(name, given);
    }

    /// <summary>Writes an integer property of up to 128 bits; nothing if it is null.</summary>
    public void Wide(ReadOnlySpan<byte> name, Int128? value)
    {
        if (value is not { } given)
            return;
        Name(name);
        WideValue(given);
    }

    /// <summary>Writes a number property in its shortest exact form; nothing if it is null.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void Number(ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } given)
            return;
        if (IsShort(given, out var exact))
            _json.WriteNumber(name, exact);
        else if (double.IsFinite(given))
            _json.WriteNumber(name, given);
        else if (_mode == FalJsonMode.Wire)
            throw NotFinite(given, name);
        else
            _json.WriteString(name, NotFiniteText(given));
    }

    /// <summary>Writes the wire value of an enum; nothing if it is null.</summary>
    public void Word(ReadOnlySpan<byte> name, JsonEncodedText? word)
    {
        if (word is { } given)
            _json.WriteString(name, given);
    }

    /// <summary>Writes a JSON element; nothing if it is null or undefined.</summary>
    public void Json(ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is not { ValueKind: not JsonValueKind.Undefined } given)
            return;
        Name(name);
        JsonValue(given);
    }

    /// <summary>Writes the URL of media; nothing if it is null. Local media leaves a hole that its upload fills.</summary>
    public void Media(ReadOnlySpan<byte> name, FalMedia? value)
    {
        if (value is null)
            return;
        if (value.Url is { } url)
        {
            String(name, url);
            return;
        }

        Name(name);
        MediaValue(value);
    }

    /// <summary>Writes an object or union property; nothing if it is null.</summary>
    public void Object<T>(ReadOnlySpan<byte> name, T? value)
        where T : class, IFalObject<T>
    {
        if (value is null)
            return;
        Name(name);
        value.Write(this);
    }

    /// <summary>Writes an array property; nothing if it is null.</summary>
    public void List<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? values, FalWriteItem<T> write)
    {
        if (values is null)
            return;
        Name(name);
        ListValue(values, write);
    }

    /// <summary>Writes a map property; nothing if it is null.</summary>
    public void Map<T>(ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? values, FalWriteItem<T> write)
    {
        if (values is null)
            return;
        Name(name);
        MapValue(values, write);
    }

    /// <summary>Writes a property with the value null.</summary>
    public void Null(ReadOnlySpan<byte> name) => _json.WriteNull(name);

    /// <summary>Writes the name of a property; its value follows.</summary>
    public void Name(ReadOnlySpan<byte> name) => _json.WritePropertyName(name);

    /// <summary>Writes a key of a map; its value follows.</summary>
    public void Name(string key)
    {
        Unordered = true;
        _json.WritePropertyName(key);
    }

    /// <summary>Writes the properties of <paramref name="extra"/> into the current object.</summary>
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
}
