using System.Globalization;
using System.Text;
using KlingGen.Text;

namespace KlingGen.Json;

/// <summary>The escapes of JSON strings.</summary>
internal static class JsonEscape
{
    /// <summary>The length of the escape sequence at an index, and its character; 0 if it is not a valid escape.</summary>
    public static int Read(string text, int at, out char c)
    {
        c = '\0';
        if (at + 1 >= text.Length) return 0;
        switch (text[at + 1])
        {
            case '"': c = '"'; return 2;
            case '\\': c = '\\'; return 2;
            case '/': c = '/'; return 2;
            case 'b': c = '\b'; return 2;
            case 'f': c = '\f'; return 2;
            case 'n': c = '\n'; return 2;
            case 'r': c = '\r'; return 2;
            case 't': c = '\t'; return 2;
            case 'u': break;
            default: return 0;
        }

        if (at + 6 > text.Length) return 0;
        var value = 0;
        for (var i = at + 2; i < at + 6; i++)
        {
            var digit = HexDigit(text[i]);
            if (digit < 0) return 0;
            value = (value * 16) + digit;
        }

        c = (char)value;
        return 6;
    }

    /// <summary>A JSON string, with every character escaped that a message must not contain.</summary>
    public static string Quote(string value)
    {
        var json = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (Characters.IsPlain(c)) json.Append(c);
            else json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return json.Append('"').ToString();
    }

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
