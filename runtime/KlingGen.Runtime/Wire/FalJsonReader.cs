using System.Text;

namespace Fal.Wire;

/// <summary>Reads JSON forward. It always stands on the first byte of the value to be read next; reading a value moves past it.</summary>
/// <remarks>What is understood without doubt is accepted (5.0 for an integer, a number in a string). Everything else is a
/// <see cref="FalProtocolException"/> that names the JSON path and keeps the whole text.</remarks>
public ref partial struct FalJsonReader
{
    internal const int MaxDepth = 256;

    private readonly ReadOnlySpan<byte> _json;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly FalReadContext? _context;
    private ReadOnlySpan<byte> _name;
    private int _position;

    // Where the value found last starts: what errors talk about, whether it was read or not.
    private int _value;
    private int _depth;
    private bool _nameIsEscaped;

    // Whether the container entered last has shown nothing yet, and whether it was a null instead.
    private bool _first;
    private bool _nothing;

    // Memory where there is one lets raw pieces share it; a bare span has to be copied for them.
    private FalJsonReader(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> memory, FalReadContext? context)
    {
        _json = json;
        _memory = memory;
        _context = context;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

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
        reader.Arrive();
        var value = T.Read(ref reader);
        reader.Space();
        return reader._position == json.Length && reader._depth == 0 ? value : throw reader.Malformed("the end");
    }

    /// <summary>Enters the object to be read next; false if it is null.</summary>
    public bool StartObject() => Enter((byte)'{', "an object");

    /// <summary>Enters the object to be read next, which must be one: whoever may hold null has looked before.</summary>
    /// <exception cref="FalProtocolException">It is null, or something else.</exception>
    public void EnterObject()
    {
        if (Kind == FalJsonKind.Null)
            throw Unexpected("an object");
        StartObject();
    }

    /// <summary>Moves to the next member of the object; false at its end.</summary>
    public bool NextMember()
    {
        if (!Next((byte)'}'))
            return false;
        if (Peek != '"')
            throw Malformed("the name of a member");
        _name = Text(out _nameIsEscaped);
        Space();
        if (Peek != ':')
            throw Malformed("a colon");
        _position++;
        Arrive();
        return true;
    }

    /// <summary>Whether the member that <see cref="NextMember"/> found has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name)
        => _nameIsEscaped ? FalJsonText.Same(_name, name) : _name.SequenceEqual(name);

    /// <summary>The name of the member that <see cref="NextMember"/> found: the key of a map.</summary>
    public readonly string MemberName() => _nameIsEscaped ? FalJsonText.Unescape(_name) : Encoding.UTF8.GetString(_name);

    /// <summary>Enters the array to be read next; false if it is null.</summary>
    public bool StartArray() => Enter((byte)'[', "an array");

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    public bool NextElement()
    {
        if (!Next((byte)']'))
            return false;
        Arrive();
        return true;
    }

    /// <summary>Passes over the value to be read next.</summary>
    public void Skip()
    {
        switch (Peek)
        {
            case (byte)'{':
                StartObject();
                while (NextMember())
                    Skip();
                break;
            case (byte)'[':
                StartArray();
                while (NextElement())
                    Skip();
                break;
            case (byte)'"':
                Text(out _);
                break;
            case (byte)'t':
                Literal("true"u8);
                break;
            case (byte)'f':
                Literal("false"u8);
                break;
            case (byte)'n':
                Literal("null"u8);
                break;
            default:
                Digits(out _);
                break;
        }
    }

    /// <summary>Gives a file read from this answer what it needs to be downloaded later.</summary>
    /// <returns>The same file.</returns>
    public readonly T Attach<T>(T file)
        where T : FalFile
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Context = _context;
        return file;
    }

    private bool Enter(byte bracket, string wanted)
    {
        if (Peek != bracket)
        {
            if (!IsNull())
                throw Unexpected(wanted);
            _nothing = true;
            return false;
        }

        if (_depth == MaxDepth)
            throw Malformed($"no more than {MaxDepth} levels of nesting");
        _depth++;
        _position++;
        _first = true;
        return true;
    }

    /// <summary>Passes the comma before a member or element, where one is due; false at the end of the container.</summary>
    private bool Next(byte end)
    {
        if (_nothing)
        {
            _nothing = false;
            return false;
        }

        Space();
        if (Peek == end)
        {
            _position++;
            _depth--;
            _first = false;
            return false;
        }

        if (!_first)
        {
            if (Peek != ',')
                throw Malformed("a comma or the end of what is open");
            _position++;
            Space();
        }

        _first = false;
        return true;
    }
}
