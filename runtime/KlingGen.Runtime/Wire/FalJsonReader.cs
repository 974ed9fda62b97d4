using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>
/// A forward-only reader of JSON over <see cref="Utf8JsonReader"/>. It is at the first token of the current value; reading a
/// value leaves it at the value's last token.
/// </summary>
/// <remarks>
/// An unambiguous value is accepted (5.0 for an integer, a number in a string). Any other value is a
/// <see cref="FalProtocolException"/> with the JSON path and the whole JSON.
/// </remarks>
public ref partial struct FalJsonReader
{
    internal const int MaxDepth = FalJsonText.MaxDepth;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FalReadContext? _context;
    private Utf8JsonReader _json;
    private ReadOnlySpan<byte> _name;

    // Whether the current container is null, and therefore has no end token.
    private bool _isNull;

    // If the caller has memory, raw parts share it; for a span they are copied.
    private FalJsonReader(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context)
    {
        _text = json;
        _memory = memory;
        _context = context;
        _json = new(json, new() { MaxDepth = MaxDepth });
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads JSON as one value.</summary>
    internal static T ReadAll<T>(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context)
        where T : IFalObject<T>
        => ReadAll(json, memory, context, static (ref FalJsonReader reader) => T.Read(ref reader));

    /// <summary>Reads JSON as one value.</summary>
    internal static T ReadAll<T>(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context, FalReadItem<T> read)
    {
        if (json.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
            memory = memory.IsEmpty ? memory : memory[ByteOrderMark.Length..];
        }

        var reader = new FalJsonReader(json, memory, context);
        try
        {
            reader._json.Read();
            var value = read(ref reader);
            // Another token belongs to a value that was not read to its end; invalid JSON after the value throws.
            return reader._json.Read() ? throw reader.Unexpected("the end of the value") : value;
        }
        catch (JsonException ex)
        {
            throw reader.Malformed(ex);
        }
    }

    /// <summary>The kind of the current value.</summary>
    public readonly FalJsonKind Kind => _json.TokenType switch
    {
        JsonTokenType.StartObject => FalJsonKind.Object,
        JsonTokenType.StartArray => FalJsonKind.Array,
        JsonTokenType.String => FalJsonKind.String,
        JsonTokenType.True or JsonTokenType.False => FalJsonKind.Boolean,
        JsonTokenType.Number when _json.ValueSpan.IndexOfAny(".eE"u8) < 0 => FalJsonKind.Integer,
        JsonTokenType.Number => FalJsonKind.Number,
        _ => FalJsonKind.Null,
    };

    /// <summary>Enters the current object; false if it is null.</summary>
    public bool StartObject() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>Enters the current object, which must not be null.</summary>
    /// <exception cref="FalProtocolException">The value is null, or not an object.</exception>
    public void EnterObject()
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Unexpected("an object");
    }

    /// <summary>Moves to the next property of the object; false at its end.</summary>
    public bool NextMember()
    {
        if (!Next(JsonTokenType.EndObject))
            return false;
        _name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(FalJsonText.Read(ref _json)) : _json.ValueSpan;
        _json.Read();
        return true;
    }

    /// <summary>Whether the property that <see cref="NextMember"/> found has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>The name of the property that <see cref="NextMember"/> found: the key of a map.</summary>
    public readonly string MemberName() => Encoding.UTF8.GetString(_name);

    /// <summary>
    /// Adds the property that <see cref="NextMember"/> found, which the document does not describe. Of two with one name the
    /// last counts.
    /// </summary>
    /// <param name="extra">The additional properties so far; null for none.</param>
    /// <returns>The additional properties with this one.</returns>
    public FalExtra Extra(FalExtra? extra)
    {
        extra ??= new FalExtra();
        extra.Keep(MemberName(), Raw());
        Skip();
        return extra;
    }

    /// <summary>Enters the current array; false if it is null.</summary>
    public bool StartArray() => Enter(JsonTokenType.StartArray, "an array");

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public bool NextElement() => Next(JsonTokenType.EndArray);

    /// <summary>Skips the current value.</summary>
    public void Skip() => _json.Skip();

    /// <summary>Whether the current object has a property of this name; false if the value is not an object.</summary>
    public readonly bool HasMember(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name);
    }

    /// <summary>The string property of this name in the current object; null if there is none or it is not a string.</summary>
    public readonly string? MemberText(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name) && ahead.Kind == FalJsonKind.String ? ahead.String() : null;
    }

    /// <summary>The current value as unchanged bytes; the reader does not move.</summary>
    public readonly FalRawJson Raw()
    {
        var start = (int)_json.TokenStartIndex;
        // The root is the whole JSON. Invalid JSON after it is found when the root has been read.
        if (_json.CurrentDepth == 0)
            return Slice(start, _text[start..].TrimEnd(" \n\r\t"u8).Length);
        var ahead = _json;
        ahead.Skip();
        return Slice(start, (int)ahead.BytesConsumed - start);
    }

    /// <summary>The call that returned this answer; null for JSON from another source.</summary>
    public readonly FalCallInfo? Call => _context?.Call;

    internal readonly FalReadContext? Context => _context;

    private bool Enter(JsonTokenType start, string expected)
    {
        if (_json.TokenType == start)
            return true;
        if (_json.TokenType != JsonTokenType.Null)
            throw Unexpected(expected);
        _isNull = true;
        return false;
    }

    private bool Next(JsonTokenType end)
    {
        if (_isNull)
        {
            _isNull = false;
            return false;
        }

        _json.Read();
        return _json.TokenType != end;
    }

    private bool Find(ReadOnlySpan<byte> name)
    {
        if (Kind != FalJsonKind.Object)
            return false;
        while (NextMember())
        {
            if (Is(name))
                return true;
            Skip();
        }

        return false;
    }

    private readonly FalRawJson Slice(int start, int length)
        => new(_memory.IsEmpty ? _text.Slice(start, length).ToArray() : _memory.Slice(start, length));
}
