using System;
using System.Collections.Generic;

namespace KlingGen.Json;

/// <summary>
/// The start of each line, to convert offsets to lines and columns. It breaks lines where the compiler's own texts do;
/// both counts begin at 0.
/// </summary>
internal sealed class LineMap
{
    // The five at which C# ends a line: as an array they are found by a vectorised search, and many documents are a single line.
    private static readonly char[] Ends = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    private readonly int[] _starts;
    private readonly int _length;

    public LineMap(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = text.IndexOfAny(Ends); i >= 0; i = text.IndexOfAny(Ends, i))
        {
            i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1;
            starts.Add(i);
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
