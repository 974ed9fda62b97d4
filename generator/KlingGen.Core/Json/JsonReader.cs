using System;
using System.Collections.Generic;

namespace KlingGen.Json;

/// <summary>
/// Parses JSON (RFC 8259) into nodes with source positions. It never throws and takes bounded time and stack, whatever the text. Two things
/// go beyond the standard: a byte order mark is skipped, and half of a surrogate pair is data.
/// </summary>
internal static class JsonReader
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 256;

    /// <summary>How many characters a text may have.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>How many duplicate names are reported; the rest are dropped without a report.</summary>
    public const int MaxDuplicates = 100;

    /// <summary>Parses a text; the number identifies the text, see <see cref="SpecNode.Source"/>.</summary>
    public static JsonReading Read(string text, int source = 0)
    {
        if (text.Length > MaxLength)
            return new(null, [new(JsonProblemKind.TooLarge, default, KlingGen.Text.Literal.Digits(MaxLength))]);

        var problems = new List<JsonProblem>();
        var root = new JsonParser(text, (ushort)source, problems).ParseDocument();
        problems.Sort((one, other) => one.Range.Start.CompareTo(other.Range.Start));
        return new(root, problems.ToArray());
    }
}
