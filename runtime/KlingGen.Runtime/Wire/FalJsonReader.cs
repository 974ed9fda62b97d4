using System.Text.Json;

namespace Fal.Wire;

/// <summary>Reads JSON forward. It always stands on the first token of the value to be read next; reading a value leaves it on that value's last token.</summary>
/// <remarks>What is understood without doubt is accepted (5.0 for an integer, a number in a string). Everything else is a
/// <see cref="FalProtocolException"/> that names the JSON path and keeps the whole text.</remarks>
public ref partial struct FalJsonReader
{
    internal const int MaxDepth = 256;

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    private readonly ReadOnlySpan<byte> _root;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FalReadContext? _context;
    private Utf8JsonReader _reader;
    private ReadOnlySpan<byte> _name;
    private bool _nameIsEscaped;
    private bool _nothing;

    // Memory where there is one lets raw pieces share it; a bare span has to be copied for them.
    private FalJsonReader(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context)
    {
        _root = json;
        _memory = memory;
        _context = context;
        _reader = new(json, Options);
    }

    /// <summary>Reads a whole text as one value.</summary>
    internal static T ReadAll<T>(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context)
        where T : IFalObject<T>
    {
        if (json.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
            memory = memory.IsEmpty ? memory : memory[ByteOrderMark.Length..];
        }

        var reader = new FalJsonReader(json, memory, context);
        try
        {
            reader._reader.Read();
            var value = T.Read(ref reader);
            if (reader._reader.Read())
                throw reader.Surprise("the value goes on where its end was expected");
            return value;
        }
        catch (JsonException malformed)
        {
            throw reader.Malformed(malformed);
        }
    }

    /// <summary>Enters the object to be read next; false if it is null.</summary>
    public bool StartObject()
    {
        if (_reader.TokenType == JsonTokenType.StartObject)
            return true;
        return Enter("an object");
    }

    /// <summary>Moves to the next member of the object; false at its end.</summary>
    public bool NextMember()
    {
        if (_nothing)
        {
            _nothing = false;
            return false;
        }

        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
            return false;
        _name = _reader.ValueSpan;
        _nameIsEscaped = _reader.ValueIsEscaped;
        _reader.Read();
        return true;
    }

    /// <summary>Whether the member that <see cref="NextMember"/> found has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name)
        => _nameIsEscaped ? FalJsonText.Same(_name, name) : _name.SequenceEqual(name);

    /// <summary>The name of the member that <see cref="NextMember"/> found: the key of a map.</summary>
    public readonly string MemberName()
        => _nameIsEscaped ? FalJsonText.Unescape(_name) : System.Text.Encoding.UTF8.GetString(_name);

    /// <summary>Enters the array to be read next; false if it is null.</summary>
    public bool StartArray()
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
            return true;
        return Enter("an array");
    }

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public bool NextElement()
    {
        if (_nothing)
        {
            _nothing = false;
            return false;
        }

        _reader.Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Passes over the value to be read next.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>Gives a file read from this answer what it needs to be downloaded later.</summary>
    /// <returns>The same file.</returns>
    public readonly T Attach<T>(T file)
        where T : FalFile
    {
        file.Context = _context;
        return file;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private bool Enter(string wanted)
    {
        if (_reader.TokenType != JsonTokenType.Null)
            throw Unexpected(wanted);
        _nothing = true;
        return false;
    }
}
