using System.Text;
using System.Text.Json;
using KlingGen.Checks;

namespace Fal.Wire;

// Only failures have the cost of the path: it is computed by reading the JSON again.
public ref partial struct FalJsonReader
{
    /// <summary>Returns the value of a required property.</summary>
    /// <exception cref="FalProtocolException">The value is null.</exception>
    public readonly T Required<T>(T? value, string name)
        where T : class
        => value ?? throw Missing(name);

    /// <summary>Returns the value of a required property.</summary>
    /// <exception cref="FalProtocolException">The value is null.</exception>
    public readonly T Required<T>(T? value, string name)
        where T : struct
        => value ?? throw Missing(name);

    /// <summary>Returns an element that must not be null.</summary>
    /// <exception cref="FalProtocolException">The value is null.</exception>
    public readonly T Item<T>(T? value)
        where T : class
        => value ?? throw Failure("an element must not be null");

    /// <summary>Returns an element that must not be null.</summary>
    /// <exception cref="FalProtocolException">The value is null.</exception>
    public readonly T Item<T>(T? value)
        where T : struct
        => value ?? throw Failure("an element must not be null");

    /// <summary>Creates the error for a value that the enum does not have.</summary>
    public readonly FalProtocolException UnknownWord(string enumName) => Failure($"{Found()} is not a value of {enumName}");

    // The reader is at the end of the object that lacks the property.
    private readonly FalProtocolException Missing(string name)
        => Failure(FalJsonPath.Member(FalJsonPath.At(_text, _json.TokenStartIndex), name), "it is missing", null);

    private readonly FalProtocolException Unexpected(string expected) => Failure($"expected {expected}, found {Found()}");

    private readonly FalProtocolException Malformed(JsonException ex)
        => Failure(FalJsonPath.At(_text, _text.Length), "the text is not JSON: " + ex.Message.TrimEnd('.'), ex);

    private readonly FalProtocolException Failure(string problem) => Failure(FalJsonPath.At(_text, _json.TokenStartIndex), problem, null);

    private readonly FalProtocolException Failure(string path, string problem, Exception? cause)
    {
        var transport = _context?.Transport;
        // Users also read their own requests and results with it, so the message is about JSON and not about a call.
        var message = $"The JSON could not be understood at {path}: {problem}. {nameof(FalProtocolException.RawJson)} has all of it; "
            + "where fal has changed its answer, update the endpoint's document.";
        var json = Slice(0, _text.Length);
        var clean = transport?.Redact(message) ?? message;
        // The message contains that of the inner exception.
        return new(clean, ReferenceEquals(clean, message) ? cause : null)
        {
            JsonPath = transport?.Redact(path) ?? path,
            RawJson = transport?.Redact(json) ?? json,
            EndpointId = _context?.EndpointId,
            RequestId = _context?.RequestId,
            BillableUnits = _context?.Call?.BillableUnits,
        };
    }

    private readonly string Found()
    {
        var json = _json;
        return json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.EndObject => "the end of an object",
            JsonTokenType.EndArray => "the end of an array",
            JsonTokenType.String => "the string " + ValueText.Quote(FalJsonText.Read(ref json)),
            JsonTokenType.Number => "the number " + ValueText.Abridge(Encoding.ASCII.GetString(json.ValueSpan)),
            _ => Encoding.ASCII.GetString(json.ValueSpan),
        };
    }
}
