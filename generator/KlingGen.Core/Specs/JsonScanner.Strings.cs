using System.Globalization;
using System.Runtime.CompilerServices;
using KlingGen.Text;

namespace KlingGen.Specs;

/// <summary>Strings and their escapes.</summary>
internal sealed partial class JsonScanner
{
    private const int ShortString = 16;

    private int _quote = -1;
    private int _escape = -1;

    // The reader stands on the opening quote, and afterwards behind the closing one.
    private bool ReadString(out bool hasEscapes)
    {
        hasEscapes = false;
        for (var i = _at + 1; ;)
        {
            var end = EndOfPlain(i);
            if (end >= 0)
            {
                _at = end + 1;
                return true;
            }

            i = ~end;
            if (i == text.Length) return FailUnterminated();
            if (text[i] < ' ') return FailAtControl(i);
            var size = JsonEscape.Read(text, i, out _);
            if (size == 0) return FailAtEscape(i);
            i += size;
            hasEscapes = true;
        }
    }

    // Where the closing quote is; or, as its complement, the place before it that needs a closer look: a backslash, a control character, the end of the text. Most strings are short:
    // a plain loop finds their end before a vectorised search has begun. Of the searches none goes over one stretch twice.
    [MethodImpl(Compiled.Fully)]
    private int EndOfPlain(int start)
    {
        var all = text;
        var i = start;
        for (var near = start + ShortString; i < all.Length && i < near; i++)
        {
            // Small letters and the underscore lie above, and most names are made of them.
            var c = all[i];
            if (c > '\\') continue;
            if (c == '"') return i;
            if (c is '\\' or < ' ') return ~i;
        }

        if (_quote < i) _quote = Find('"', i);
        if (_escape < i) _escape = Find('\\', i);
        var end = _quote < _escape ? _quote : ~_escape;
        return HasControl(all, i, end < 0 ? ~end : end) ? ~FirstControl(all, i) : end;
    }

    private int Find(char c, int start) => text.IndexOf(c, start) is var found and >= 0 ? found : text.Length;

    // No search for the 32 of them: the runtime has no code for that ready, and would go over the first documents with code that it has not optimised.
    [MethodImpl(Compiled.Fully)]
    private static bool HasControl(string text, int start, int end)
    {
        var signs = 0;
        var i = start;
        for (; i < end - 3; i += 4) signs |= (text[i] - ' ') | (text[i + 1] - ' ') | (text[i + 2] - ' ') | (text[i + 3] - ' ');
        for (; i < end; i++) signs |= text[i] - ' ';
        return signs < 0;
    }

    private static int FirstControl(string text, int start)
    {
        while (text[start] >= ' ') start++;
        return start;
    }

    private bool FailAtControl(int at)
    {
        var what = text[at] switch
        {
            '\n' or '\r' => "a line break",
            '\t' => "a tab",
            var c => "the control character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        };
        return Fail(JsonProblemKind.ControlCharacter, new(at, 1), what);
    }

    private bool FailAtEscape(int at)
    {
        var end = at + 2;
        if (end <= text.Length && text[at + 1] == 'u')
        {
            while (end < text.Length && end < at + 6 && JsonEscape.HexDigit(text[end]) >= 0) end++;
        }

        if (end > text.Length || (end == text.Length && text[at + 1] == 'u')) return FailUnterminated();
        return Fail(JsonProblemKind.BadEscape, TextRange.Between(at, end), Characters.Show(text.Substring(at, end - at)));
    }

    private bool FailUnterminated() => Fail(JsonProblemKind.UnterminatedString, TextRange.Between(_at, text.Length));
}
