namespace KlingGen.Checks;

/// <summary>A constraint that a value violates.</summary>
/// <param name="Type">The problem's type in the vocabulary of fal's server: <c>string_too_long</c>.</param>
/// <param name="Message">The rest of a sentence that starts with the property in quotes.</param>
/// <param name="Context">The violated limits as a JSON object in the server's vocabulary; null if there are none.</param>
internal sealed record Violation(string Type, string Message, string? Context = null);
