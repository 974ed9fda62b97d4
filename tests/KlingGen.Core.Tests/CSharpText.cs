using System.Globalization;
using System.Text;

namespace KlingGen.Core.Tests;

/// <summary>What the C# language says about the escapes of a literal, and about where a line ends: a second reading, for the tests alone.</summary>
internal static class CSharpText
{
    public const string LineEnds = "\r\n\u0085\u2028\u2029";

    /// <summary>Characters that would do harm in any context, and pieces of code that try to leave theirs.</summary>
    public static readonly string[] Payloads =
    [
        "\rclass Pwn{}//", "\nclass Pwn{}//", "\u0085class Pwn{}//", "\u2028class Pwn{}//", "\u2029class Pwn{}//",
        "\")] class Pwn{}", "*/ class Pwn{}", "\"\"\"", "\"\"\"\"", "{x}", "{{x}}", "\\u0022;", "\\", "\\\"", "</summary>", "]]>", "<![CDATA[",
        "<!--", "&amp;", "&#10;", "#line 1", "\n#pragma warning disable\n", "\0", "\u202E", "\uFEFF", "\uD800", "\uDC00", "\uDC00\uD800",
        "\uD83D\uDE00", "\U000E0041", "\uFFFE", "\uFFFF", "'", "'; //", "''", "\t", "\v\f", "<see cref=\"T:System.String\"/>", "`", "``", "`a", "**",
        "[x](http://",
    ];

    /// <summary>The value of a regular string literal, which has to be the whole of the text and to stay on its line.</summary>
    public static string Unquote(string literal, char quote = '"')
    {
        Assert.Equal(quote, literal[0]);
        Assert.False(literal.AsSpan().ContainsAny(LineEnds));
        var value = new StringBuilder();
        var i = 1;
        while (literal[i] != quote)
        {
            if (literal[i] != '\\')
            {
                value.Append(literal[i++]);
                continue;
            }

            switch (literal[i + 1])
            {
                case 'u':
                    value.Append((char)ushort.Parse(literal.AsSpan(i + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 6;
                    break;
                case 'U':
                    value.Append(char.ConvertFromUtf32(int.Parse(literal.AsSpan(i + 2, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
                    i += 10;
                    break;
                case var c:
                    value.Append(c switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        '\\' => '\\',
                        '"' => '"',
                        '\'' => '\'',
                        _
                        => throw new FormatException(literal)
                    });
                    i += 2;
                    break;
            }
        }

        Assert.Equal(literal.Length - 1, i);
        return value.ToString();
    }
}
