namespace KlingGen.Json;

internal enum JsonProblemKind : byte
{
    Empty,
    TooLarge,
    TooDeep,
    UnexpectedEnd,
    UnexpectedCharacter,
    UnterminatedString,
    ControlCharacter,
    BadEscape,
    BadNumber,
    BadWord,
    Comment,
    TrailingComma,
    MissingComma,
    MissingColon,
    MissingName,
    TrailingText,
    DuplicateName,
}

/// <summary>What is wrong with a JSON text, and where. All but <see cref="JsonProblemKind.DuplicateName"/> end the reading.</summary>
internal sealed record JsonProblem(JsonProblemKind Kind, SourceRange Range, string? Argument = null)
{
    /// <summary>Gets the problem as part of a sentence, without a full stop.</summary>
    public string Message => Kind switch
    {
        JsonProblemKind.Empty => "the file is empty",
        JsonProblemKind.TooLarge => "the text is larger than " + Argument + " characters",
        JsonProblemKind.TooDeep => "objects and arrays are nested deeper than " + Argument,
        JsonProblemKind.UnexpectedEnd => Argument is null
            ? "the text ends where a value should be"
            : "the text ends before the closing '" + Argument + "'",
        JsonProblemKind.UnexpectedCharacter => "'" + Argument + "' cannot begin a value",
        JsonProblemKind.UnterminatedString => "the text ends inside this string",
        JsonProblemKind.ControlCharacter => "a string may not hold " + Argument + "; write it as an escape",
        JsonProblemKind.BadEscape => "'" + Argument + "' is not a JSON escape sequence",
        JsonProblemKind.BadNumber => "'" + Argument + "' is not a JSON number",
        JsonProblemKind.BadWord => "'" + Argument + "' is not a JSON value; a string needs double quotes",
        JsonProblemKind.Comment => "JSON has no comments",
        JsonProblemKind.TrailingComma => "a comma may not stand before the closing '" + Argument + "'",
        JsonProblemKind.MissingComma => "a comma or the closing '" + Argument + "' should stand here",
        JsonProblemKind.MissingColon => "a colon should follow the name",
        JsonProblemKind.MissingName => "a name in double quotes should stand here",
        JsonProblemKind.TrailingText => "the document ended before this",
        JsonProblemKind.DuplicateName => "'" + Argument + "' occurs twice in one object; the last one counts",
        _ => "the text is not JSON",
    };
}

/// <summary>What a JSON text holds. The root is null if and only if a problem ended the reading.</summary>
internal sealed class JsonReading(SpecNode? root, JsonProblem[] problems)
{
    public SpecNode? Root { get; } = root;

    /// <summary>Gets the problems in the order of their places.</summary>
    public JsonProblem[] Problems { get; } = problems;
}
