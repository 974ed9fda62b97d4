using System;
using System.Collections.Generic;

namespace KlingGen.Specs;

/// <summary>
/// Reads JSON as RFC 8259 has it and keeps the place of every value and name. It never throws and takes bounded time and stack, whatever
/// the text. Two things go beyond the letter of the standard: a byte order mark is skipped, and half of a surrogate pair is data.
/// </summary>
internal static class JsonReader
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 256;

    /// <summary>How many characters a text may have.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>How many repeated names are reported; the rest are dropped without a word.</summary>
    public const int MaxDuplicates = 100;

    /// <summary>Reads a text; the number says which one it is, see <see cref="JsonNode.Source"/>.</summary>
    public static JsonReading Read(string text, int source = 0)
    {
        if (text.Length > MaxLength)
            return new(null, [new(JsonProblemKind.TooLarge, default, KlingGen.Text.Literal.Digits(MaxLength))]);

        var problems = new List<JsonProblem>();
        var root = new JsonScanner(text, (ushort)source, problems).ReadDocument();
        problems.Sort((one, other) => one.Range.Start.CompareTo(other.Range.Start));
        return new(root, problems.ToArray());
    }
}
