using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace KlingGen.Text;

/// <summary>What C# accepts as an identifier. Which name a thing gets is decided elsewhere.</summary>
internal static class Identifier
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte",
        "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    // Words that are names in most places and something else in some: as the name of a type, inside an accessor, as the head of a statement.
    private static readonly HashSet<string> Treacherous = new(StringComparer.Ordinal)
    {
        "_", "__arglist", "__makeref", "__reftype", "__refvalue", "allows", "and", "args", "async", "await", "closed", "dynamic", "extension",
        "field",
        "file", "get", "global", "init", "managed", "nameof", "nint", "not", "notnull", "nuint", "or", "partial", "record", "required", "scoped",
        "set", "union", "unmanaged", "value", "var", "when", "where", "with", "yield",
    };

    /// <summary>Whether the word is reserved everywhere.</summary>
    public static bool IsKeyword(string name) => Keywords.Contains(name);

    /// <summary>Whether the word means something of its own in some places only.</summary>
    public static bool IsContextualKeyword(string name) => Treacherous.Contains(name);

    /// <summary>Whether this is a valid identifier: no keyword, no <c>@</c>, no invisible characters.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length == 0 || !IsStart(name[0]) || IsKeyword(name)) return false;
        for (var i = 1; i < name.Length; i++)
        {
            if (!IsPart(name[i])) return false;
        }

        return true;
    }

    /// <summary>Whether this is one identifier or several with dots between them.</summary>
    public static bool IsValidNamespace(string name)
    {
        foreach (var part in name.Split('.'))
        {
            if (!IsValid(part)) return false;
        }

        return true;
    }

    /// <summary>Puts <c>@</c> before a word that C# might take for something else.</summary>
    public static string Escape(string name)
        => name.Length > 0 && name[0] is not (>= 'A' and <= 'Z') && (IsKeyword(name) || IsContextualKeyword(name)) ? "@" + name : name;

    /// <summary>Whether an identifier may begin with it.</summary>
    public static bool IsStart(char c) => c < 0x80
        ? c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_'
        : !Characters.IsHidden(c) && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    /// <summary>Whether an identifier may continue with it. Format characters, which C# allows and then ignores, are refused.</summary>
    public static bool IsPart(char c) => c < 0x80
        ? IsStart(c) || c is >= '0' and <= '9'
        : IsStart(c) || (!Characters.IsHidden(c) && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>
    /// The nearest identifier: each run of invalid characters becomes a single underscore, none at the end, and one goes before
    /// what cannot come first. Keywords stay as they are; see <see cref="Escape"/>.
    /// </summary>
    public static string Sanitize(string text)
    {
        var result = new StringBuilder(text.Length + 1);
        var gap = false;
        foreach (var c in text)
        {
            if (!IsPart(c))
            {
                gap = true;
                continue;
            }

            if (gap && result.Length > 0) result.Append('_');
            if (result.Length == 0 && !IsStart(c)) result.Append('_');
            result.Append(c);
            gap = false;
        }

        return result.Length == 0 ? "_" : result.ToString();
    }
}
