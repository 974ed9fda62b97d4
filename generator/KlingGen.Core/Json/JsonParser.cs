using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KlingGen.Text;

namespace KlingGen.Json;

/// <summary>
/// JSON parser by recursive descent, for one text. Every node and every property name keeps its source range. A method that parses returns null
/// after it has reported a problem, and every caller returns at once.
/// </summary>
internal sealed class JsonParser(string text, ushort source, List<JsonProblem> problems)
{
    // Up to this number of members, comparing every pair of names is cheaper than building a hash set.
    private const int FewMembers = 8;

    // The members and items of the objects and arrays that are open, outermost first: one stack for all, because a list for each of them grows with
    // every few elements.
    private JsonMember[] _members = new JsonMember[64];
    private SpecNode[] _items = new SpecNode[64];
    private int _memberCount;
    private int _itemCount;
    private int _position;

    public SpecNode? ParseDocument()
    {
        if (text.Length > 0 && text[0] == '\uFEFF') _position = 1;
        var first = SkipWhiteSpace();
        if (_position == text.Length) return Fail(JsonProblemKind.Empty, new(_position, 0));
        if (ParseValue(first, depth: 0, closer: null) is not { } root) return null;
        SkipWhiteSpace();
        return _position == text.Length ? root : FailHere(JsonProblemKind.TrailingText, closer: null);
    }

    // The position is the first character of the value, and afterwards the one behind its last.
    private SpecNode? ParseValue(char first, int depth, string? closer)
    {
        switch (first)
        {
            case '"':
                var start = _position;
                return ParseString() is { } value ? SpecNode.String(value, SourceRange.Between(start, _position), source) : null;
            case '{':
                return depth == JsonReader.MaxDepth ? FailTooDeep() : ParseObject(depth + 1);
            case '[':
                return depth == JsonReader.MaxDepth ? FailTooDeep() : ParseArray(depth + 1);
            case 't':
                return ParseKeyword("true", JsonKind.True);
            case 'f':
                return ParseKeyword("false", JsonKind.False);
            case 'n':
                return ParseKeyword("null", JsonKind.Null);
            case '-' or (>= '0' and <= '9'):
                return ParseNumber();
            default:
                return FailAtValue(closer);
        }
    }

    private SpecNode? ParseObject(int depth)
    {
        var start = _position++;
        var first = _memberCount;
        for (var next = SkipWhiteSpace(); next != '}';)
        {
            if (next != '"') return FailHere(JsonProblemKind.MissingName, "}");
            var nameStart = _position;
            if (ParseString() is not { } name) return null;
            var nameRange = SourceRange.Between(nameStart, _position);

            if (SkipWhiteSpace() != ':') return FailHere(JsonProblemKind.MissingColon, "}");
            _position++;
            if (ParseValue(SkipWhiteSpace(), depth, "}") is not { } value) return null;
            if (_memberCount == _members.Length) Array.Resize(ref _members, 2 * _memberCount);
            _members[_memberCount++] = new(name, nameRange, value);

            if (!ParseSeparator('}', "}", out next)) return null;
        }

        _position++;
        var members = new JsonMember[_memberCount - first];
        Array.Copy(_members, first, members, 0, members.Length);
        _memberCount = first;
        return SpecNode.Object(WithoutDuplicates(members), SourceRange.Between(start, _position), source);
    }

    private SpecNode? ParseArray(int depth)
    {
        var start = _position++;
        var first = _itemCount;
        for (var next = SkipWhiteSpace(); next != ']';)
        {
            if (ParseValue(next, depth, "]") is not { } item) return null;
            if (_itemCount == _items.Length) Array.Resize(ref _items, 2 * _itemCount);
            _items[_itemCount++] = item;
            if (!ParseSeparator(']', "]", out next)) return null;
        }

        _position++;
        var items = new SpecNode[_itemCount - first];
        Array.Copy(_items, first, items, 0, items.Length);
        _itemCount = first;
        return SpecNode.Array(items, SourceRange.Between(start, _position), source);
    }

    // Skips the comma between two elements; "next" is the closing bracket or the first character of the next element.
    private bool ParseSeparator(char closer, string closerText, out char next)
    {
        next = SkipWhiteSpace();
        if (next == closer) return true;
        if (next != ',')
        {
            FailHere(JsonProblemKind.MissingComma, closerText);
            return false;
        }

        var comma = _position++;
        next = SkipWhiteSpace();
        if (next != closer) return true;
        Fail(JsonProblemKind.TrailingComma, new(comma, 1), closerText);
        return false;
    }

    /// <summary>Reports names that occur more than once and keeps the last member of each name, at its own position.</summary>
    private JsonMember[] WithoutDuplicates(JsonMember[] members)
    {
        if (!HasDuplicates(members)) return members;
        var last = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (var i = 0; i < members.Length; i++)
        {
            if (last.ContainsKey(members[i].Name) && problems.Count < JsonReader.MaxDuplicates)
                problems.Add(new(JsonProblemKind.DuplicateName, members[i].NameRange, Characters.Show(members[i].Name)));
            last[members[i].Name] = i;
        }

        var kept = new List<JsonMember>(last.Count);
        for (var i = 0; i < members.Length; i++)
        {
            if (last[members[i].Name] == i) kept.Add(members[i]);
        }

        return kept.ToArray();
    }

    private static bool HasDuplicates(JsonMember[] members)
    {
        if (members.Length > FewMembers)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in members)
            {
                if (!names.Add(member.Name)) return true;
            }

            return false;
        }

        for (var i = 1; i < members.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (members[i].Name == members[j].Name) return true;
            }
        }

        return false;
    }

    // The position is the opening quote, and afterwards the character behind the closing one.
    [MethodImpl(HotLoop.Options)]
    private string? ParseString()
    {
        StringBuilder? unescaped = null;
        var copied = _position + 1;
        for (var i = copied; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                _position = i + 1;
                return unescaped is null ? text.Substring(copied, i - copied) : unescaped.Append(text, copied, i - copied).ToString();
            }

            if (c < ' ') return FailAtControl(i);
            if (c != '\\') continue;
            var length = JsonEscape.Read(text, i, out var meaning);
            if (length == 0) return FailAtEscape(i);
            (unescaped ??= new StringBuilder()).Append(text, copied, i - copied).Append(meaning);
            copied = i + length;
            i = copied - 1;
        }

        return FailUnterminated();
    }

    private SpecNode? ParseKeyword(string keyword, JsonKind kind)
    {
        var end = _position + keyword.Length;
        if (string.CompareOrdinal(text, _position, keyword, 0, keyword.Length) != 0 || (end < text.Length && IsWordPart(text[end])))
            return FailAtWord(JsonProblemKind.BadWord);
        var range = SourceRange.Between(_position, end);
        _position = end;
        return SpecNode.Keyword(kind, range, source);
    }

    private SpecNode? ParseNumber()
    {
        var start = _position;
        var i = start;
        if (text[i] == '-') i++;
        var whole = i;
        i = SkipDigits(i);
        if (i == whole || (i > whole + 1 && text[whole] == '0')) return FailAtWord(JsonProblemKind.BadNumber);
        if (i < text.Length && text[i] == '.')
        {
            var fraction = ++i;
            i = SkipDigits(i);
            if (i == fraction) return FailAtWord(JsonProblemKind.BadNumber);
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-') i++;
            var exponent = i;
            i = SkipDigits(i);
            if (i == exponent) return FailAtWord(JsonProblemKind.BadNumber);
        }

        if (i < text.Length && IsWordPart(text[i])) return FailAtWord(JsonProblemKind.BadNumber);
        _position = i;
        return SpecNode.Number(text.Substring(start, i - start), SourceRange.Between(start, i), source);
    }

    private int SkipDigits(int i)
    {
        while (i < text.Length && text[i] is >= '0' and <= '9') i++;
        return i;
    }

    // The character at the new position. NUL, with which no value begins, also marks the end of the text.
    [MethodImpl(HotLoop.Options)]
    private char SkipWhiteSpace()
    {
        while (_position < text.Length && text[_position] is ' ' or '\n' or '\r' or '\t') _position++;
        return _position < text.Length ? text[_position] : '\0';
    }

    // Characters that continue a keyword or a number, and so show that it is neither.
    private static bool IsWordPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '+' or '-';

    private SpecNode? Fail(JsonProblemKind kind, SourceRange range, string? argument = null)
    {
        problems.Add(new(kind, range, argument));
        return null;
    }

    private SpecNode? FailTooDeep() => Fail(JsonProblemKind.TooDeep, new(_position, 1), Literal.Digits(JsonReader.MaxDepth));

    // The end of the text and a comment are problems of their own, whatever was expected.
    private SpecNode? FailHere(JsonProblemKind kind, string? closer)
    {
        if (_position == text.Length) return Fail(JsonProblemKind.UnexpectedEnd, new(_position, 0), closer);
        if (IsComment()) return Fail(JsonProblemKind.Comment, new(_position, 2));
        return Fail(kind, new(_position, 1), closer);
    }

    private SpecNode? FailAtValue(string? closer)
    {
        if (_position == text.Length || IsComment()) return FailHere(JsonProblemKind.UnexpectedCharacter, closer);
        var c = text[_position];
        if (c is '+' or '.') return FailAtWord(JsonProblemKind.BadNumber);
        if (c == '\'' || IsWordPart(c)) return FailAtWord(JsonProblemKind.BadWord);
        return Fail(JsonProblemKind.UnexpectedCharacter, new(_position, 1), Characters.Show(c.ToString()));
    }

    private SpecNode? FailAtWord(JsonProblemKind kind)
    {
        var end = _position + 1;
        while (end < text.Length && IsWordPart(text[end])) end++;
        return Fail(kind, SourceRange.Between(_position, end), Characters.Show(text.Substring(_position, end - _position)));
    }

    private string? FailAtControl(int index)
    {
        var name = text[index] switch
        {
            '\n' or '\r' => "a line break",
            '\t' => "a tab",
            var c => "the control character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        };
        Fail(JsonProblemKind.ControlCharacter, new(index, 1), name);
        return null;
    }

    private string? FailAtEscape(int index)
    {
        var end = index + 2;
        if (end <= text.Length && text[index + 1] == 'u')
        {
            while (end < text.Length && end < index + 6 && JsonEscape.HexDigit(text[end]) >= 0) end++;
        }

        if (end > text.Length || (end == text.Length && text[index + 1] == 'u')) return FailUnterminated();
        Fail(JsonProblemKind.BadEscape, SourceRange.Between(index, end), Characters.Show(text.Substring(index, end - index)));
        return null;
    }

    private string? FailUnterminated()
    {
        Fail(JsonProblemKind.UnterminatedString, SourceRange.Between(_position, text.Length));
        return null;
    }

    private bool IsComment() => text[_position] == '/' && _position + 1 < text.Length && text[_position + 1] is '/' or '*';
}
