using System.Globalization;

namespace KlingGen.Analyzers;

/// <summary>
/// A pattern that asks for one kind of character from beginning to end, like <c>^[a-z ]*$</c> or <c>^\w+$</c>. Such are the patterns of genuine documents, and to judge a text by one takes
/// less than to wake an engine.
/// </summary>
internal sealed class PlainPattern
{
    private readonly bool[] _isAllowed = new bool[128];
    private int _fewest = 1;
    private int _most = 1;

    private PlainPattern()
    {
    }

    /// <returns>Null for a pattern of any other form.</returns>
    public static PlainPattern? Read(string pattern)
    {
        if (pattern.Length < 4 || pattern[0] != '^' || pattern[pattern.Length - 1] != '$') return null;
        var plain = new PlainPattern();
        var end = pattern[1] == '[' ? plain.ReadClass(pattern, 2) : plain.ReadWord(pattern);
        return end > 0 && plain.ReadCount(pattern.Substring(end, pattern.Length - 1 - end)) ? plain : null;
    }

    /// <returns>Null where only an engine can tell: beyond ASCII, and at line breaks, of which <c>$</c> overlooks one.</returns>
    public bool? Matches(string value)
    {
        var isRight = value.Length >= _fewest && value.Length <= _most;
        foreach (var c in value)
        {
            if (c >= _isAllowed.Length || c == '\n') return null;
            isRight &= _isAllowed[c];
        }

        return isRight;
    }

    // Both return where they end; 0 if they do not understand.
    private int ReadWord(string pattern)
    {
        if (pattern[1] != '\\' || pattern[2] != 'w') return 0;
        for (var c = '0'; c <= 'z'; c++) _isAllowed[c] = c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_';
        return 3;
    }

    private int ReadClass(string pattern, int i)
    {
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            var from = pattern[i];
            var to = from;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']') to = pattern[i += 2];
            if (!IsItself(from) || !IsItself(to) || from > to) return 0;
            for (var c = from; c <= to; c++) _isAllowed[c] = true;
        }

        return i < pattern.Length && pattern[i - 1] != '[' ? i + 1 : 0;
    }

    private static bool IsItself(char c) => c is >= ' ' and <= '~' and not '\\' and not '[' and not '^';

    private bool ReadCount(string count)
    {
        (_fewest, _most) = count switch { "*" => (0, int.MaxValue), "+" => (1, int.MaxValue), "?" => (0, 1), _ => (1, 1) };
        if (count.Length < 2) return count is "" or "*" or "+" or "?";
        if (count[0] != '{' || count[count.Length - 1] != '}') return false;
        var parts = count.Substring(1, count.Length - 2).Split(',');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _fewest)) return false;
        _most = parts.Length == 1 ? _fewest : int.MaxValue;
        return parts.Length == 1 || parts[1].Length == 0 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _most) && _most >= _fewest);
    }
}
