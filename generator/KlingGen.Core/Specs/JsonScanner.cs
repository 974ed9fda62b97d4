using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using KlingGen.Text;

namespace KlingGen.Specs;

/// <summary>One reading of one text: it finds what is wrong, and writes down where every value stands.</summary>
internal sealed partial class JsonScanner(string text, ushort source, List<JsonProblem> problems)
{
    private const int LargestSpare = 2048;

    // That of the reading before: growing it anew would be most of what a reading allocates.
    [ThreadStatic]
    private static JsonEntry[]? _spare;

    private readonly JsonStrings _strings = new(text);
    private JsonEntry[] _entries = [];
    private int _count;
    private int _at;

    public JsonNode? ReadDocument()
    {
        (_entries, _spare) = (_spare ?? new JsonEntry[256], null);
        var isRead = ReadRoot();
        var entries = new JsonEntry[isRead ? _count : 0];
        Array.Copy(_entries, entries, entries.Length);
        if (_entries.Length <= LargestSpare) _spare = _entries;
        return isRead ? new JsonTape(_strings, source, entries).NodeAt(0) : null;
    }

    private bool ReadRoot()
    {
        if (text.Length > 0 && text[0] == '\uFEFF') _at = 1;
        var first = Next();
        if (_at == text.Length) return Fail(JsonProblemKind.Empty, new(_at, 0));
        if (!ReadValue(first, 0, null)) return false;
        Next();
        return _at == text.Length || FailHere(JsonProblemKind.TrailingText, null);
    }

    // The reader stands on the first character of the value, and afterwards behind its last one.
    private bool ReadValue(char first, int depth, string? closer)
    {
        switch (first)
        {
            case '"':
                var start = _at;
                if (!ReadString(out var hasEscapes)) return false;
                Add(JsonKind.String, TextRange.Between(start, _at), hasEscapes);
                return true;
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

    private bool ReadObject(int depth)
    {
        var parent = Add(JsonKind.Object, new(_at, 0));
        var count = 0;
        var seen = 0UL;
        var mayRepeat = false;
        _at++;
        for (var next = Next(); next != '}';)
        {
            if (next != '"') return FailHere(JsonProblemKind.MissingName, "}");
            var start = _at;
            if (!ReadString(out var hasEscapes)) return false;
            var name = TextRange.Between(start, _at);
            var bit = Bit(name);
            mayRepeat = mayRepeat || hasEscapes || ((seen & bit) != 0 && IsAmong(name, parent, count));
            seen |= bit;

            if (Next() != ':') return FailHere(JsonProblemKind.MissingColon, "}");
            _at++;
            var place = _count;
            if (!ReadValue(Next(), depth, "}")) return false;
            _entries[place].Name = name;
            _entries[place].HasNameEscapes = hasEscapes;
            count++;

            next = Next();
            if (next == '}') break;
            if (next != ',') return FailHere(JsonProblemKind.MissingComma, "}");
            var comma = _at++;
            next = Next();
            if (next == '}') return Fail(JsonProblemKind.TrailingComma, new(comma, 1), "}");
        }

        Complete(parent, count);
        if (mayRepeat) _entries[parent].HasRepeats = ReportRepeats(parent, count);
        return true;
    }

    private bool ReadArray(int depth)
    {
        var parent = Add(JsonKind.Array, new(_at, 0));
        var count = 0;
        _at++;
        for (var next = Next(); next != ']';)
        {
            if (!ReadValue(next, depth, "]")) return false;
            count++;

            next = Next();
            if (next == ']') break;
            if (next != ',') return FailHere(JsonProblemKind.MissingComma, "]");
            var comma = _at++;
            next = Next();
            if (next == ']') return Fail(JsonProblemKind.TrailingComma, new(comma, 1), "]");
        }

        Complete(parent, count);
        return true;
    }

    private int Add(JsonKind kind, TextRange range, bool hasEscapes = false)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, _entries.Length * 2);
        var place = _count++;
        _entries[place] = new(kind, range, _count, hasEscapes);
        return place;
    }

    // The reader stands on the closing bracket.
    private void Complete(int parent, int count)
    {
        _at++;
        ref var entry = ref _entries[parent];
        entry.Range = TextRange.Between(entry.Range.Start, _at);
        entry.End = _count;
        entry.Count = count;
    }

    private bool ReadWord(string word, JsonKind kind)
    {
        var start = _at;
        var end = start + word.Length;
        if (string.CompareOrdinal(text, start, word, 0, word.Length) != 0 || (end < text.Length && IsWordPart(text[end]))) return FailAtRun(JsonProblemKind.BadWord);
        _at = end;
        Add(kind, new(start, word.Length));
        return true;
    }

    private bool ReadNumber()
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
        Add(JsonKind.Number, TextRange.Between(start, i));
        return true;
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

    // One of 64 bits for a name: names whose bits differ are different.
    private ulong Bit(TextRange name)
    {
        var ends = text[name.Start + 1] + ((uint)text[name.End - 2] << 8) + ((uint)name.Length << 16);
        return 1UL << (int)(unchecked(ends * 0x9E3779B1u) >> 26);
    }

    // Comparing with all before it is fine for a few; for many, sorting them once is better.
    private bool IsAmong(TextRange name, int parent, int count)
    {
        if (count >= JsonLookup.WorthIt) return true;
        for (var place = parent + 1; count > 0; place = _entries[place].End, count--)
        {
            var other = _entries[place].Name;
            if (other.Length == name.Length && string.CompareOrdinal(text, other.Start, text, name.Start, name.Length) == 0) return true;
        }

        return false;
    }

    private bool ReportRepeats(int parent, int count)
    {
        var places = new int[count];
        var names = new string[count];
        for (var (i, place) = (0, parent + 1); i < count; i++, place = _entries[place].End)
        {
            places[i] = place;
            names[i] = _strings.Quoted(_entries[place].Name, _entries[place].HasNameEscapes);
        }

        var repeats = JsonRepeats.Find(names);
        foreach (var (_, next) in repeats)
        {
            if (problems.Count < JsonReader.MaxDuplicates) problems.Add(new(JsonProblemKind.DuplicateName, _entries[places[next]].Name, Characters.Show(names[next])));
        }

        return repeats.Count > 0;
    }

    // What follows a word or a number and shows that it is none.
    private static bool IsWordPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '+' or '-';

    private bool Fail(JsonProblemKind kind, TextRange range, string? argument = null)
    {
        problems.Add(new(kind, range, argument));
        return false;
    }

    private bool FailTooDeep() => Fail(JsonProblemKind.TooDeep, new(_at, 1), Literal.Digits(JsonReader.MaxDepth));

    // The problem that the place suggests, or else the one that the caller expects there.
    private bool FailHere(JsonProblemKind kind, string? closer)
    {
        if (_at == text.Length) return Fail(JsonProblemKind.UnexpectedEnd, new(_at, 0), closer);
        if (IsComment()) return Fail(JsonProblemKind.Comment, new(_at, 2));
        return Fail(kind, new(_at, 1), closer);
    }

    private bool FailAtValue(string? closer)
    {
        if (_at == text.Length) return FailHere(JsonProblemKind.UnexpectedEnd, closer);
        var c = text[_at];
        if (IsComment()) return Fail(JsonProblemKind.Comment, new(_at, 2));
        if (c is '+' or '.') return FailAtNumber();
        if (c != '\'' && !IsWordPart(c)) return Fail(JsonProblemKind.UnexpectedCharacter, new(_at, 1), Characters.Show(c.ToString()));
        return FailAtRun(JsonProblemKind.BadWord);
    }

    private bool FailAtNumber() => FailAtRun(JsonProblemKind.BadNumber);

    private bool FailAtRun(JsonProblemKind kind)
    {
        var end = _at + 1;
        while (end < text.Length && IsWordPart(text[end])) end++;
        return Fail(kind, TextRange.Between(_at, end), Characters.Show(text.Substring(_at, end - _at)));
    }

    private bool IsComment() => text[_at] == '/' && _at + 1 < text.Length && text[_at + 1] is '/' or '*';
}
