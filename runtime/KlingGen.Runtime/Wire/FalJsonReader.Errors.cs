namespace Fal.Wire;

// Errors pay for what they say: the path is found by walking the text again.
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

    // The object that lacks the member has just ended.
    private readonly FalProtocolException Missing(string name)
        => Failure(FalJsonPath.Member(FalJsonPath.At(_json, _position - 1), name), "it is missing");

    private readonly FalProtocolException Unexpected(string wanted) => Surprise($"expected {wanted}, found {Found()}");

    private readonly FalProtocolException Surprise(string what) => Failure(FalJsonPath.At(_json, _value), what);

    private readonly FalProtocolException Malformed(string wanted)
    {
        var found = _position < _json.Length ? FalDisplayText.Quote(_json[_position]) : "the end of the text";
        return Failure(FalJsonPath.At(_json, _position), $"the text is not JSON: expected {wanted}, found {found} at byte {_position}");
    }

    private readonly FalProtocolException Failure(string path, string what)
        => new($"The answer could not be understood at {path}: {what}. The whole answer is in {nameof(FalProtocolException.RawJson)}.")
        {
            JsonPath = path,
            RawJson = Slice(0, _json.Length),
            EndpointId = _context?.EndpointId,
            RequestId = _context?.RequestId,
        };

    private readonly string Found()
    {
        var value = this;
        value._position = _value;
        switch (value.Peek)
        {
            case (byte)'{':
                return "an object";
            case (byte)'[':
                return "an array";
            case (byte)'"':
                return "the string " + FalDisplayText.Quote(value.String()!);
            case (byte)'t' or (byte)'f':
                return value.Boolean() is true ? "true" : "false";
            case (byte)'n':
                value.Skip();
                return "null";
            default:
                return "the number " + FalDisplayText.Abridge(System.Text.Encoding.ASCII.GetString(value.Digits(out _)));
        }
    }
}
