using System.Collections.Generic;
using System.Globalization;
using System.Text;
using KlingGen.Json;

namespace KlingGen.Overlays;

internal enum OverlayStepKind : byte
{
    Name,
    Index,
    All,
}

/// <summary>One step of a path; <c>Anywhere</c> if it may be taken from every node below. The place is one in the target's text.</summary>
internal readonly record struct OverlayStep(OverlayStepKind Kind, string Name, int Index, bool Anywhere, int Start, int Length);

/// <summary>
/// The part of JSONPath (RFC 9535) that names members: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[-1]</c>, <c>.*</c>, <c>[*]</c>
/// and, once in a path, <c>..name</c>. Hyphens need no brackets here, because many names of targets begin with <c>x-</c>.
/// </summary>
internal sealed class OverlayTarget
{
    private readonly string _text;
    private readonly List<OverlayStep> _steps = [];
    private int _at = 1;

    private OverlayTarget(string text) => _text = text;

    public IReadOnlyList<OverlayStep> Steps => _steps;

    /// <summary>Gets what is wrong, or null; the place is one in the target's text.</summary>
    public OverlayProblem? Problem { get; private set; }

    public static OverlayTarget Parse(string text)
    {
        var target = new OverlayTarget(text);
        if (text.Length == 0 || text[0] != '$') target.Bad(0, "it should begin with '$'");
        while (target.Problem is null && target._at < text.Length) target.ReadStep();
        return target;
    }

    private void ReadStep()
    {
        var start = _at;
        var anywhere = _text[_at] == '.' && Peek(1) == '.';
        if (anywhere && HasAnywhere())
        {
            Unsupported(start, 2, "two '..'");
            return;
        }

        if (anywhere) _at++;
        if (anywhere && Peek(1) == '[') _at++;
        if (_text[_at] == '[') ReadBracket(start, anywhere);
        else if (_text[_at] == '.') ReadShorthand(start, anywhere);
        else Bad(_at, "'.' or '[' should stand here");
    }

    private void ReadShorthand(int start, bool anywhere)
    {
        _at++;
        if (Peek(0) == '*')
        {
            _at++;
            Add(OverlayStepKind.All, "", 0, anywhere, start);
            return;
        }

        var name = _at;
        while (_at < _text.Length && IsShorthand(_text[_at])) _at++;
        if (_at == name) Bad(_at, "a name should stand here");
        else Add(OverlayStepKind.Name, _text.Substring(name, _at - name), 0, anywhere, start);
    }

    private void ReadBracket(int start, bool anywhere)
    {
        _at++;
        var kind = OverlayStepKind.All;
        var name = "";
        var index = 0;
        switch (Peek(0))
        {
            case '*':
                _at++;
                break;
            case '\'' or '"':
                kind = OverlayStepKind.Name;
                if (ReadQuoted() is not { } quoted) return;
                name = quoted;
                break;
            case '-' or (>= '0' and <= '9'):
                kind = OverlayStepKind.Index;
                if (!ReadIndex(out index)) return;
                break;
            case '?':
                Unsupported(_at, 1, "filters");
                return;
            case ':':
                Unsupported(_at, 1, "slices");
                return;
            default:
                Bad(_at, "a quoted name, a number or '*' should stand here");
                return;
        }

        switch (Peek(0))
        {
            case ']':
                _at++;
                Add(kind, name, index, anywhere, start);
                break;
            case ',':
                Unsupported(_at, 1, "lists");
                break;
            case ':':
                Unsupported(_at, 1, "slices");
                break;
            default:
                Bad(_at, "']' should stand here");
                break;
        }
    }

    private bool ReadIndex(out int index)
    {
        var start = _at;
        if (_text[_at] == '-') _at++;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9') _at++;
        var digits = _text.Substring(start, _at - start);
        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index)) return true;
        Bad(start, "this is no index");
        return false;
    }

    private string? ReadQuoted()
    {
        var start = _at;
        var quote = _text[_at++];
        var name = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == quote) return name.ToString();
            if (c != '\\')
            {
                name.Append(c);
                continue;
            }

            var escaped = Peek(0);
            if (escaped == '\'') c = '\'';
            else if (JsonEscape.Read(_text, _at - 1, out c) is var size and > 0) _at += size - 2;
            else
            {
                Bad(_at - 1, "this is no escape");
                return null;
            }

            _at++;
            name.Append(c);
        }

        Bad(start, "the closing quote is missing");
        return null;
    }

    private bool HasAnywhere()
    {
        foreach (var step in _steps)
        {
            if (step.Anywhere) return true;
        }

        return false;
    }

    private static bool IsShorthand(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or >= '\u0080';

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Add(OverlayStepKind kind, string name, int index, bool anywhere, int start)
        => _steps.Add(new(kind, name, index, anywhere, start, _at - start));

    private void Bad(int at, string what) => Problem = new(OverlayProblemKind.BadTarget, 0, new(at, at < _text.Length ? 1 : 0), what);

    private void Unsupported(int at, int length, string what) => Problem = new(OverlayProblemKind.UnsupportedTarget, 0, new(at, length), what);
}
