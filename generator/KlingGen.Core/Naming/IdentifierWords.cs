using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace KlingGen.Naming;

/// <summary>Turns fal's words into one C# word: the mechanics below every rule of <see cref="NameRules"/>.</summary>
internal static class IdentifierWords
{
    /// <summary>
    /// <c>cfg_scale</c> becomes <c>CfgScale</c>, <c>let's_ride</c> <c>LetsRide</c>, <c>16:9</c> <c>16x9</c>, <c>v1.6</c> <c>V1_6</c>.
    /// The result may start with a digit or be empty; what to do then depends on what is being named.
    /// </summary>
    /// <param name="text">The words.</param>
    /// <param name="keepsCapitals">Words in capitals are names and stay as they are.</param>
    public static string Pascal(string text, bool keepsCapitals = false)
    {
        var normal = Normalize(text);
        var shouts = !keepsCapitals && IsAllUpper(normal);
        var result = new StringBuilder(normal.Length);
        var startsWord = true;
        for (var i = 0; i < normal.Length; i++)
        {
            var c = normal[i];
            if (IsWordPart(c))
            {
                result.Append(startsWord ? char.ToUpperInvariant(c) : shouts ? char.ToLowerInvariant(c) : c);
                startsWord = false;
            }
            else if (c is '\'' or '’')
            {
                // An apostrophe joins: let's is one word.
            }
            else
            {
                if (BetweenDigits(normal, i)) result.Append(c is ':' or '×' ? 'x' : '_');
                else if (Spoken(normal, i) is { } spoken) result.Append(spoken);
                startsWord = true;
            }
        }

        return result.ToString();
    }

    /// <summary>As close to the wire text as an identifier can be: for telling apart what <see cref="Pascal"/> made equal.</summary>
    public static string Raw(string text)
    {
        var normal = Normalize(text);
        var result = new StringBuilder(normal.Length);
        foreach (var c in normal) result.Append(IsWordPart(c) ? c : '_');
        return result.ToString();
    }

    public static string Camel(string pascal)
    {
        if (pascal.Length == 0 || !char.IsUpper(pascal[0])) return pascal;
        var upper = 1;
        while (upper < pascal.Length && char.IsUpper(pascal[upper])) upper++;

        // AOTVoice -> aotVoice, AOT -> aot, Prompt -> prompt.
        var lower = upper == 1 || upper == pascal.Length ? upper : upper - 1;
        return pascal.Substring(0, lower).ToLowerInvariant() + pascal.Substring(lower);
    }

    /// <summary>The words of a C# name, as fal would write them: <c>CfgScale</c> becomes <c>cfg_scale</c>.</summary>
    public static string Snake(string pascal)
    {
        var result = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (StartsWord(pascal, i)) result.Append('_');
            result.Append(char.ToLowerInvariant(pascal[i]));
        }

        return result.ToString();
    }

    /// <summary>Whether <see cref="Snake"/> gives this, without making it.</summary>
    public static bool IsSnake(string snake, string pascal)
    {
        var at = 0;
        for (var i = 0; i < pascal.Length; i++)
        {
            if (StartsWord(pascal, i) && (at == snake.Length || snake[at++] != '_')) return false;
            if (at == snake.Length || snake[at++] != char.ToLowerInvariant(pascal[i])) return false;
        }

        return at == snake.Length;
    }

    private static bool StartsWord(string pascal, int i)
        => i > 0 && char.IsUpper(pascal[i]) && pascal[i - 1] != '_'
            && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])));

    /// <summary>
    /// The composed form without format characters, in which C# compares identifiers. A lone surrogate cannot be normalised,
    /// and cannot be part of an identifier either.
    /// </summary>
    private static string Normalize(string text)
    {
        var isPlain = true;
        foreach (var c in text) isPlain &= c is >= ' ' and < (char)127;
        if (isPlain) return text;

        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsSurrogate(c)) kept.Append(' ');
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format) kept.Append(c);
        }

        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsWordPart(char c)
    {
        if (c < 128) return c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
        return CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
    }

    private static bool BetweenDigits(string text, int index)
        => index > 0 && index + 1 < text.Length && IsDigit(text[index - 1]) && IsDigit(text[index + 1]);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    /// <summary>Signs that carry the meaning: <c>-1</c> and <c>1</c>, <c>c++</c> and <c>c</c> are not the same value.</summary>
    private static string? Spoken(string text, int index) => text[index] switch
    {
        '-' when index == 0 && text.Length > 1 && IsDigit(text[1]) => "Minus",
        '+' => "Plus",
        '%' => "Percent",
        '&' => "And",
        '@' => "At",
        '#' => "Sharp",
        '*' => "Star",
        '<' => "Less",
        '>' => "Greater",
        '=' => "Equal",
        _ => null,
    };

    public static bool HasLower(string text)
    {
        foreach (var c in text)
        {
            if (char.IsLower(c)) return true;
        }

        return false;
    }

    /// <summary>IN_PROGRESS is shouted and becomes InProgress; AOT, MP4 and 1K are names and stay.</summary>
    private static bool IsAllUpper(string text)
    {
        var letters = 0;
        var hasSeparator = false;
        foreach (var c in text)
        {
            if (char.IsLower(c)) return false;
            if (char.IsLetter(c)) letters++;
            else if (!char.IsDigit(c)) hasSeparator = true;
        }

        return hasSeparator ? letters > 2 : letters > 4;
    }
}
