using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using KlingGen.Text;

namespace KlingGen.Specs;

/// <summary>One reading of one text. Members and items wait on a stack until their object or array is complete, then move into an array of their size.</summary>
internal sealed partial class JsonScanner(string text, int source, List<JsonProblem> problems)
{
    private static readonly JsonMember[] NoMembers = [];
    private static readonly JsonNode[] NoItems = [];

    private const int LargestSpare = 1024;

    // The stacks of the reading before: growing them anew would be a quarter of what a reading allocates.
    [ThreadStatic]
    private static JsonMember[]? _spareMembers;

    [ThreadStatic]
    private static JsonNode[]? _spareItems;

    private readonly JsonStrings _strings = new(text);
    private JsonMember[] _members = [];
    private JsonNode[] _items = [];
    private int _memberCount;
    private int _itemCount;
    private int _at;

    public JsonNode? ReadDocument()
    {
        (_members, _spareMembers) = (_spareMembers ?? new JsonMember[64], null);
        (_items, _spareItems) = (_spareItems ?? new JsonNode[32], null);
        var root = ReadRoot();
        _spareMembers = Emptied(_members);
        _spareItems = Emptied(_items);
        return root;
    }

    // What a document was read from would live on in the stack.
    private static T[]? Emptied<T>(T[] stack)
    {
        if (stack.Length > LargestSpare) return null;
        Array.Clear(stack, 0, stack.Length);
        return stack;
    }

    private JsonNode? ReadRoot()
    {
        if (text.Length > 0 && text[0] == '\uFEFF') _at = 1;
        var first = Next();
        if (_at == text.Length) return Fail(JsonProblemKind.Empty, new(_at, 0));
        if (ReadValue(first, 0, null) is not { } root) return null;
        Next();
        return _at == text.Length ? root : FailHere(JsonProblemKind.TrailingText, null);
    }

    // The reader stands on the first character of the value, and afterwards behind its last one.
    private JsonNode? ReadValue(char first, int depth, string? closer)
    {
        switch (first)
        {
            case '"':
                return ReadStringValue();
            case '{':
                return depth == JsonReader.MaxDepth ? FailTooDeep() : ReadObject(depth + 1);
            case '[':
                return depth == JsonReader.MaxDepth ? FailTooDeep() : ReadArray(depth + 1);
            case 't':
                return ReadWord("true", JsonKind.True);
            case 'f':
                return ReadWord("false", JsonKind.False);
            case 'n':
                return ReadWord("null", JsonKind.Null);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                return FailAtValue(closer);
        }
    }

    private JsonNode? ReadObject(int depth)
    {
        var start = _at++;
        var bottom = _memberCount;
        var seen = 0UL;
        var mayRepeat = false;
        var next = Next();
        if (next == '}') return JsonNode.Object(NoMembers, TextRange.Between(start, ++_at), source);

        while (true)
        {
            if (next != '"') return FailHere(JsonProblemKind.MissingName, "}");
            var nameStart = _at;
            if (ReadName(out var bit) is not { } name) return null;
            var nameRange = TextRange.Between(nameStart, _at);

            if (Next() != ':') return FailHere(JsonProblemKind.MissingColon, "}");
            _at++;
            if (ReadValue(Next(), depth, "}") is not { } value) return null;

            if ((seen & bit) != 0) mayRepeat = mayRepeat || IsAmong(name, bottom);
            seen |= bit;
            if (_memberCount == _members.Length) Array.Resize(ref _members, _members.Length * 2);
            _members[_memberCount++] = new(name, nameRange, value);

            next = Next();
            if (next == '}') break;
            if (next != ',') return FailHere(JsonProblemKind.MissingComma, "}");
            var comma = _at++;
            next = Next();
            if (next == '}') return Fail(JsonProblemKind.TrailingComma, new(comma, 1), "}");
        }

        _at++;
        var members = new JsonMember[_memberCount - bottom];
        Array.Copy(_members, bottom, members, 0, members.Length);
        _memberCount = bottom;
        return JsonNode.Object(mayRepeat ? WithoutRepeats(members) : members, TextRange.Between(start, _at), source);
    }

    private JsonNode? ReadArray(int depth)
    {
        var start = _at++;
        var bottom = _itemCount;
        var next = Next();
        if (next == ']') return JsonNode.Array(NoItems, TextRange.Between(start, ++_at), source);

        while (true)
        {
            if (ReadValue(next, depth, "]") is not { } value) return null;
            if (_itemCount == _items.Length) Array.Resize(ref _items, _items.Length * 2);
            _items[_itemCount++] = value;

            next = Next();
            if (next == ']') break;
            if (next != ',') return FailHere(JsonProblemKind.MissingComma, "]");
            var comma = _at++;
            next = Next();
            if (next == ']') return Fail(JsonProblemKind.TrailingComma, new(comma, 1), "]");
        }

        _at++;
        var items = new JsonNode[_itemCount - bottom];
        Array.Copy(_items, bottom, items, 0, items.Length);
        _itemCount = bottom;
        return JsonNode.Array(items, TextRange.Between(start, _at), source);
    }

    private JsonNode? ReadWord(string word, JsonKind kind)
    {
        var start = _at;
        var end = start + word.Length;
        if (string.CompareOrdinal(text, start, word, 0, word.Length) != 0 || (end < text.Length && IsWordPart(text[end]))) return FailAtRun(JsonProblemKind.BadWord);
        _at = end;
        return JsonNode.Word(kind, new(start, word.Length), source);
    }

    private JsonNode? ReadNumber()
    {
        var start = _at;
        var i = start;
        if (text[i] == '-') i++;
        var whole = i;
        i = SkipDigits(i);
        if (i == whole || (i > whole + 1 && text[whole] == '0')) return FailAtNumber();
        if (i < text.Length && text[i] == '.')
        {
            var fraction = ++i;
            i = SkipDigits(i);
            if (i == fraction) return FailAtNumber();
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-') i++;
            var exponent = i;
            i = SkipDigits(i);
            if (i == exponent) return FailAtNumber();
        }

        if (i < text.Length && IsWordPart(text[i])) return FailAtNumber();
        _at = i;
        return JsonNode.Later(JsonKind.Number, TextRange.Between(start, i), source, _strings);
    }

    private int SkipDigits(int i)
    {
        while (i < text.Length && text[i] is >= '0' and <= '9') i++;
        return i;
    }

    // Goes to the next character that is no white space; a NUL, which nothing begins with, stands for the end.
    [MethodImpl(Compiled.Fully)]
    private char Next()
    {
        if (_at < text.Length && text[_at] is > ' ' and var c) return c;
        return NextBehindSpace();
    }

    [MethodImpl(Compiled.Fully)]
    private char NextBehindSpace()
    {
        var all = text;
        var i = _at;
        while (i < all.Length && all[i] is ' ' or '\n' or '\r' or '\t') i++;
        _at = i;
        return i < all.Length ? all[i] : '\0';
    }

    // Comparing with all before it is fine for a few; for many, sorting them once is better.
    private bool IsAmong(string name, int bottom)
    {
        if (_memberCount - bottom >= JsonLookup.WorthIt) return true;
        for (var i = bottom; i < _memberCount; i++)
        {
            if (_members[i].Name == name) return true;
        }

        return false;
    }

    // What follows a word or a number and shows that it is none.
    private static bool IsWordPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '+' or '-';

    private JsonMember[] WithoutRepeats(JsonMember[] members)
    {
        var (names, places) = JsonLookup.Sort(members);
        var dropped = new bool[members.Length];
        var count = 0;
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i] != names[i - 1]) continue;
            dropped[places[i - 1]] = true;
            count++;
            if (problems.Count < JsonReader.MaxDuplicates)
                problems.Add(new(JsonProblemKind.DuplicateName, members[places[i]].NameRange, Characters.Show(names[i])));
        }

        if (count == 0) return members;
        var kept = new JsonMember[members.Length - count];
        var next = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (!dropped[i]) kept[next++] = members[i];
        }

        return kept;
    }

    private JsonNode? Fail(JsonProblemKind kind, TextRange range, string? argument = null)
    {
        problems.Add(new(kind, range, argument));
        return null;
    }

    private JsonNode? FailTooDeep() => Fail(JsonProblemKind.TooDeep, new(_at, 1), Literal.Digits(JsonReader.MaxDepth));

    // The problem that the place suggests, or else the one that the caller expects there.
    private JsonNode? FailHere(JsonProblemKind kind, string? closer)
    {
        if (_at == text.Length) return Fail(JsonProblemKind.UnexpectedEnd, new(_at, 0), closer);
        if (IsComment()) return Fail(JsonProblemKind.Comment, new(_at, 2));
        return Fail(kind, new(_at, 1), closer);
    }

    private JsonNode? FailAtValue(string? closer)
    {
        if (_at == text.Length) return FailHere(JsonProblemKind.UnexpectedEnd, closer);
        var c = text[_at];
        if (IsComment()) return Fail(JsonProblemKind.Comment, new(_at, 2));
        if (c is '+' or '.') return FailAtNumber();
        if (c != '\'' && !IsWordPart(c)) return Fail(JsonProblemKind.UnexpectedCharacter, new(_at, 1), Characters.Show(c.ToString()));
        return FailAtRun(JsonProblemKind.BadWord);
    }

    private JsonNode? FailAtNumber() => FailAtRun(JsonProblemKind.BadNumber);

    private JsonNode? FailAtRun(JsonProblemKind kind)
    {
        var end = _at + 1;
        while (end < text.Length && IsWordPart(text[end])) end++;
        return Fail(kind, TextRange.Between(_at, end), Characters.Show(text.Substring(_at, end - _at)));
    }

    private bool IsComment() => text[_at] == '/' && _at + 1 < text.Length && text[_at + 1] is '/' or '*';
}
