using System.Text.Json;

namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    /// <summary>Reads a text, or null.</summary>
    public string? String()
    {
        if (_reader.TokenType == JsonTokenType.String)
            return FalJsonText.Of(ref _reader);
        return _reader.TokenType == JsonTokenType.Null ? null : throw Unexpected("a string");
    }

    /// <summary>Whether the value to be read next is this text, given unescaped. Does not move.</summary>
    public readonly bool TextIs(ReadOnlySpan<byte> text)
        => _reader.TokenType == JsonTokenType.String
            && (_reader.ValueIsEscaped ? FalJsonText.Same(_reader.ValueSpan, text) : _reader.ValueSpan.SequenceEqual(text));

    /// <summary>Reads true or false, or null.</summary>
    public bool? Boolean() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>Reads an integer of 32 bits, or null.</summary>
    public int? Int32()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var value))
            return value;
        return Whole(int.MinValue, int.MaxValue, "a 32-bit integer") is { } wide ? (int)wide : null;
    }

    /// <summary>Reads an integer of 64 bits, or null.</summary>
    public long? Integer()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var value))
            return value;
        return Whole(long.MinValue, long.MaxValue, "a 64-bit integer") is { } wide ? (long)wide : null;
    }

    /// <summary>Reads an integer of up to 128 bits, or null.</summary>
    public Int128? Wide() => Whole(Int128.MinValue, Int128.MaxValue, "a 128-bit integer");

    /// <summary>Reads a number, or null. One beyond the range of <see cref="double"/> is infinite.</summary>
    public double? Number()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.Number:
                return _reader.GetDouble();
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String when FalNumberText.TryReadNumber(FalJsonText.Of(ref _reader), out var value):
                return value;
            default:
                throw Unexpected("a number");
        }
    }

    /// <summary>Reads any JSON, or null.</summary>
    public JsonElement? Json() => _reader.TokenType == JsonTokenType.Null ? null : Any();

    /// <summary>Reads any JSON, null among it.</summary>
    public JsonElement Any() => JsonElement.ParseValue(ref _reader);

    /// <summary>Reads the URL of a medium, or null.</summary>
    public FalMedia? Media() => String();

    /// <summary>Reads an object or union, or null.</summary>
    public T? Object<T>()
        where T : class, IFalObject<T>
        => _reader.TokenType == JsonTokenType.Null ? null : T.Read(ref this);

    /// <summary>Whether the value to be read next is null, which then counts as read.</summary>
    public readonly bool IsNull() => _reader.TokenType == JsonTokenType.Null;

    private readonly Int128? Whole(Int128 min, Int128 max, string wanted)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number or JsonTokenType.String
                when FalNumberText.TryReadInteger(_reader.ValueSpan, out var value) && value >= min && value <= max:
                return value;
            default:
                throw Unexpected(wanted);
        }
    }
}
