using System.Globalization;
using System.Text;

namespace KlingGen.Core.Tests;

/// <summary>JSON texts made by chance: every kind of value, white space and escape, and the same text for the same seed.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\r\n", "\t", "    \n  "];
    private static readonly string[] Numbers = ["0", "-0", "1", "-17", "0.5", "1e3", "-2.50E-07", "12345678901234567890123", "9223372036854775808",
        "1E+400", "0.0"];
    private static readonly string[] Pieces =
    [
        "type", "title", "a", "b", " ", "/", "{", "}", "[", "]", ",", ":", "'", "ä", "北京", "\uD83D\uDE00", "\u2028", "\u007F",
        "\\n", "\\t", "\\\"",
        "\\\\", "\\/",
        "\\u0000", "\\u00e4", "\\uD83D\\uDE00", "\\b\\f\\r", "a longer piece of text, so that the vectorised search has its turn",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = new StringBuilder();
        Value(text, 0);
        return Space() + text + Space();
    }

    /// <summary>Makes a text of the beginning of one: closes what is open behind the last complete member.</summary>
    public static string Close(string beginning)
    {
        for (var end = beginning.Length; end > 0; end--)
        {
            var text = beginning[..end] + Closers(beginning[..end]);
            if (KlingGen.Json.JsonReader.Read(text).Root is not null) return text;
        }

        throw new ArgumentException("Nothing of this can be closed.", nameof(beginning));
    }

    private static string Closers(string text)
    {
        var open = new Stack<char>();
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\') i++;
            else if (text[i] == '"') inString = !inString;
            else if (!inString && text[i] is '{' or '[') open.Push(text[i] == '{' ? '}' : ']');
            else if (!inString && text[i] is '}' or ']') open.Pop();
        }

        return new string([.. open]);
    }

    private void Value(StringBuilder text, int depth)
    {
        switch (_random.Next(depth < 6 ? 10 : 6))
        {
            case 0: text.Append(Pick("null", "true", "false")); break;
            case 1: text.Append(Pick(Numbers)); break;
            case 2: text.Append(_random.NextInt64().ToString(CultureInfo.InvariantCulture)); break;
            case 3: text.Append((_random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture)); break;
            case 4 or 5: String(text); break;
            case 6 or 7: List(text, depth); break;
            default: Object(text, depth); break;
        }
    }

    private void List(StringBuilder text, int depth)
    {
        text.Append('[').Append(Space());
        for (var count = _random.Next(5); count > 0; count--)
        {
            Value(text, depth + 1);
            text.Append(Space());
            if (count > 1) text.Append(',').Append(Space());
        }

        text.Append(']');
    }

    private void Object(StringBuilder text, int depth)
    {
        text.Append('{').Append(Space());
        for (var count = _random.Next(_random.Next(20) == 0 ? 60 : 6); count > 0; count--)
        {
            // The number keeps names apart: the two readers treat repeated ones differently.
            String(text);
            text.Insert(text.Length - 1, count);
            text.Append(Space()).Append(':').Append(Space());
            Value(text, depth + 1);
            text.Append(Space());
            if (count > 1) text.Append(',').Append(Space());
        }

        text.Append('}');
    }

    private void String(StringBuilder text)
    {
        text.Append('"');
        for (var count = _random.Next(5); count > 0; count--) text.Append(Pick(Pieces));
        text.Append('"');
    }

    private string Space() => Pick(Spaces);

    private string Pick(params string[] from) => from[_random.Next(from.Length)];
}
