using System;
using System.Collections.Generic;
using KlingGen.Text;

namespace KlingGen.Specs;

/// <summary>Where a line begins, for those who count in lines and columns. It breaks lines where the compiler's own texts do; both counts begin at 0.</summary>
internal sealed class LineMap
{
    private readonly int[] _starts;
    private readonly int _length;

    public LineMap(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (!Characters.EndsLine(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            starts.Add(i + 1);
        }

        _starts = starts.ToArray();
        _length = text.Length;
    }

    public int Count => _starts.Length;

    /// <summary>The place of an offset; one outside the text counts as its nearest end.</summary>
    public (int Line, int Column) Find(int offset)
    {
        offset = Math.Max(0, Math.Min(offset, _length));
        var line = Array.BinarySearch(_starts, offset);
        if (line < 0) line = ~line - 1;
        return (line, offset - _starts[line]);
    }
}
