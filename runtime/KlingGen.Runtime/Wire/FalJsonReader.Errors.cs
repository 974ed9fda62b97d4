using System.Text.Json;

namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    /// <summary>The value of a member that must be there.</summary>
    /// <exception cref="FalProtocolException">It is null.</exception>
    public readonly T Required<T>(T? value, string name)
        where T : class
        => value ?? throw Missing(name);

    /// <summary>The value of a member that must be there.</summary>
    /// <exception cref="FalProtocolException">It is null.</exception>
    public readonly T Required<T>(T? value, string name)
        where T : struct
        => value ?? throw Missing(name);

    private readonly FalProtocolException Missing(string name)
        => Failure(FalJsonPath.Member(FalJsonPath.At(_root, _reader.TokenStartIndex), name), "it is missing");

    private readonly FalProtocolException Unexpected(string wanted)
        => Surprise($"expected {wanted}, found {Found()}");

    private readonly FalProtocolException Surprise(string what)
        => Failure(FalJsonPath.At(_root, _reader.TokenStartIndex), what);

    private readonly FalProtocolException Malformed(JsonException malformed)
        => Failure(FalJsonPath.At(_root, _reader.BytesConsumed), "the text is not JSON: " + malformed.Message, malformed);

    private readonly FalProtocolException Failure(string path, string what, Exception? inner = null)
        => new($"The answer could not be understood at {path}: {what}. The whole answer is in {nameof(FalProtocolException.RawJson)}.", inner)
        {
            JsonPath = path,
            RawJson = Slice(0, _root.Length),
            EndpointId = _context?.EndpointId,
            RequestId = _context?.RequestId,
        };

    private readonly string Found()
    {
        var reader = _reader;
        return reader.TokenType switch
        {
            JsonTokenType.Null => "null",
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Number => "the number " + FalDisplayText.Quote(FalJsonText.Of(ref reader)).Trim('\''),
            JsonTokenType.String => "the string " + FalDisplayText.Quote(FalJsonText.Of(ref reader)),
            JsonTokenType.StartArray => "an array",
            _ => "an object",
        };
    }
}
