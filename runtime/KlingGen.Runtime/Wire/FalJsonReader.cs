using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>
/// A forward reader of JSON over <see cref="Utf8JsonReader"/>. It stands on the first token of the value to read; reading a value leaves it on the
/// value's last token.
/// </summary>
/// <remarks>A value that is unambiguous is accepted (5.0 for an integer, a number in a string). Everything else is a
/// <see cref="FalProtocolException"/> that names the JSON path and keeps the whole JSON.</remarks>
public ref partial struct FalJsonReader
{
    internal const int MaxDepth = FalJsonText.MaxDepth;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FalReadContext? _context;
    private Utf8JsonReader _json;
    private ReadOnlySpan<byte> _name;

    // Whether the container entered last is null, and so has no end token.
    private bool _isNull;

    // Memory, where the caller has it, lets raw pieces share it; a bare span is copied for them.
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
            // A token here belongs to a value that was not read to its end; after the end, text that is not JSON throws.
            return reader._json.Read() ? throw reader.Unexpected("the end of the value") : value;
        }
        catch (JsonException ex)
        {
            throw reader.Malformed(ex);
        }
    }

    /// <summary>The kind of the value to read.</summary>
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

    /// <summary>Enters the object to read; false if it is null.</summary>
    public bool StartObject() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>Enters the object to read, which must not be null.</summary>
    /// <exception cref="FalProtocolException">It is null, or something else.</exception>
    public void EnterObject()
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Unexpected("an object");
    }

    /// <summary>Moves to the next member of the object; false at its end.</summary>
    public bool NextMember()
    {
        if (!Next(JsonTokenType.EndObject))
            return false;
        _name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(FalJsonText.Read(ref _json)) : _json.ValueSpan;
        _json.Read();
        return true;
    }

    /// <summary>Whether the member that <see cref="NextMember"/> found has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>The name of the member that <see cref="NextMember"/> found: the key of a map.</summary>
    public readonly string MemberName() => Encoding.UTF8.GetString(_name);

    /// <summary>
    /// Keeps the member that <see cref="NextMember"/> found, which the document does not describe. Of two with one name the last counts.
    /// </summary>
    /// <param name="extra">The members kept so far; null for none.</param>
    /// <returns>The members with this one.</returns>
    public FalExtra Extra(FalExtra? extra)
    {
        extra ??= new FalExtra();
        extra.Keep(MemberName(), Raw());
        Skip();
        return extra;
    }

    /// <summary>Enters the array to read; false if it is null.</summary>
    public bool StartArray() => Enter(JsonTokenType.StartArray, "an array");

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public bool NextElement() => Next(JsonTokenType.EndArray);

    /// <summary>Skips the value to read.</summary>
    public void Skip() => _json.Skip();

    /// <summary>Whether the object to read has a member of this name; false if it is not an object.</summary>
    public readonly bool HasMember(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name);
    }

    /// <summary>The string member of this name in the object to read; null if there is none or it is not a string.</summary>
    public readonly string? MemberText(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name) && ahead.Kind == FalJsonKind.String ? ahead.String() : null;
    }

    /// <summary>The value to read, byte for byte; the reader does not move.</summary>
    public readonly FalRawJson Raw()
    {
        var start = (int)_json.TokenStartIndex;
        // The root is all there is. Text after it that is not JSON is found when the root has been read.
        if (_json.CurrentDepth == 0)
            return Slice(start, _text[start..].TrimEnd(" \n\r\t"u8).Length);
        var ahead = _json;
        ahead.Skip();
        return Slice(start, (int)ahead.BytesConsumed - start);
    }

    /// <summary>The call whose answer this is; null for JSON that is read from elsewhere.</summary>
    public readonly FalCallInfo? Call => _context?.Call;

    /// <summary>Gives a file read from this answer what it needs to be downloaded later.</summary>
    /// <returns>The same file.</returns>
    public readonly T Attach<T>(T file)
        where T : FalFile
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Context = _context;
        return file;
    }

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
