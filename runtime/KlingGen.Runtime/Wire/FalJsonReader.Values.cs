using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    // Also 5.0 and 50e-1: the parser accepts a fraction of zeros.
    private const NumberStyles NumberParts = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a string, or null.</summary>
    public string? String() => _json.TokenType switch
    {
        JsonTokenType.String => FalJsonText.Read(ref _json),
        JsonTokenType.Null => null,
        _ => throw Unexpected("a string"),
    };

    /// <summary>Whether the current value is this string, in unescaped form.</summary>
    public bool TextIs(ReadOnlySpan<byte> text) => _json.TokenType == JsonTokenType.String && FalJsonText.Is(ref _json, text);

    /// <summary>Reads true or false, or null.</summary>
    public bool? Boolean() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>Reads an integer of 32 bits, or null.</summary>
    public int? Int32() => Integer<int>("a 32-bit integer");

    /// <summary>Reads an integer of 64 bits, or null.</summary>
    public long? Integer()
        => _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value) ? value : Integer<long>("a 64-bit integer");

    /// <summary>Reads an integer of up to 128 bits, or null.</summary>
    public Int128? Wide() => Integer<Int128>("a 128-bit integer");

    /// <summary>Reads a number, or null. One beyond the range of <see cref="double"/> is infinite.</summary>
    public double? Number() => _json.TokenType switch
    {
        JsonTokenType.Number => _json.GetDouble(),
        JsonTokenType.Null => null,
        JsonTokenType.String when TryParseNumber(FalJsonText.Read(ref _json), out var value) => value,
        _ => throw Unexpected("a number"),
    };

    /// <summary>Reads any JSON, or null.</summary>
    public JsonElement? Json() => IsNull() ? null : Any();

    /// <summary>Reads any JSON, including null.</summary>
    public JsonElement Any() => FalJsonText.Parse(ref _json, _text);

    /// <summary>Reads the URL of media, or null.</summary>
    public FalMedia? Media() => String();

    /// <summary>Reads an object or union, or null.</summary>
    public T? Object<T>()
        where T : class, IFalObject<T>
        => IsNull() ? null : T.Read(ref this);

    /// <summary>Whether the current value is null.</summary>
    public bool IsNull() => _json.TokenType == JsonTokenType.Null;

    private T? Integer<T>(string expected)
        where T : struct, IBinaryInteger<T> => _json.TokenType switch
        {
            JsonTokenType.Number when T.TryParse(_json.ValueSpan, NumberParts, CultureInfo.InvariantCulture, out var value) => value,
            JsonTokenType.String when T.TryParse(FalJsonText.Read(ref _json), NumberParts, CultureInfo.InvariantCulture, out var value) => value,
            JsonTokenType.Null => null,
            _ => throw Unexpected(expected),
        };

    /// <summary>Parses a number in a string, including the names of NaN and infinity in other languages.</summary>
    private static bool TryParseNumber(string text, out double value)
    {
        if (double.TryParse(text, NumberParts, CultureInfo.InvariantCulture, out value))
            return true;
        value = text is "inf" ? double.PositiveInfinity : double.NegativeInfinity;
        return text is "inf" or "-inf";
    }
}
