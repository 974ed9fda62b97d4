using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using KlingGen.Text;

namespace KlingGen.Specs;

/// <summary>Strings and their escapes.</summary>
internal sealed partial class JsonScanner
{
    private const int ShortString = 16;

    private char[] _unescaped = [];
    private int _escape = -1;

    // The reader stands on the opening quote, and afterwards behind the closing one.
    private string? ReadName(out ulong bit)
    {
        var start = _at + 1;
        var end = EndOfPlain(start);
        if (end < 0)
        {
            var name = ReadEscaped(start);
            bit = JsonStrings.Bit(name ?? "");
            return name;
        }

        _at = end + 1;
        return _strings.Get(start, end - start, out bit);
    }

    private JsonNode? ReadStringValue()
    {
        var quote = _at;
        var end = EndOfPlain(quote + 1);
        if (end >= 0)
        {
            _at = end + 1;
            return JsonNode.Later(JsonKind.String, TextRange.Between(quote, _at), source, _strings);
        }

        return ReadEscaped(quote + 1) is { } value ? JsonNode.String(value, TextRange.Between(quote, _at), source) : null;
    }

    // Where the closing quote is, or -1 if there is none or something comes before it that needs a closer look. Most strings are short:
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
            if (c is '\\' or < ' ') return -1;
        }

        var end = all.IndexOf('"', i);
        if (_escape < i) _escape = all.IndexOf('\\', i) is var found and >= 0 ? found : all.Length;
        return end > _escape || HasControl(all, i, end) ? -1 : end;
    }

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

    [MethodImpl(Compiled.Fully)]
    private string? ReadEscaped(int start)
    {
        var length = 0;
        for (var i = start; i < text.Length;)
        {
            var c = text[i];
            if (c == '"')
            {
                _at = i + 1;
                return new string(_unescaped, 0, length);
            }

            if (c < ' ') return FailAtControl(i);
            if (c == '\\')
            {
                var size = JsonEscape.Read(text, i, out c);
                if (size == 0) return FailAtEscape(i);
                i += size;
            }
            else
            {
                i++;
            }

            Reserve(length + 1);
            _unescaped[length++] = c;
        }

        return FailUnterminated();
    }

    private void Reserve(int length)
    {
        if (_unescaped.Length < length) Array.Resize(ref _unescaped, Math.Max(length, Math.Max(256, _unescaped.Length * 2)));
    }

    private string? FailAtControl(int at)
    {
        var what = text[at] switch
        {
            '\n' or '\r' => "a line break",
            '\t' => "a tab",
            var c => "the control character U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        };
        Fail(JsonProblemKind.ControlCharacter, new(at, 1), what);
        return null;
    }

    private string? FailAtEscape(int at)
    {
        var end = at + 2;
        if (end <= text.Length && text[at + 1] == 'u')
        {
            while (end < text.Length && end < at + 6 && JsonEscape.HexDigit(text[end]) >= 0) end++;
        }

        if (end > text.Length || (end == text.Length && text[at + 1] == 'u')) return FailUnterminated();
        Fail(JsonProblemKind.BadEscape, TextRange.Between(at, end), Characters.Show(text.Substring(at, end - at)));
        return null;
    }

    private string? FailUnterminated()
    {
        Fail(JsonProblemKind.UnterminatedString, TextRange.Between(_at, text.Length));
        return null;
    }
}
