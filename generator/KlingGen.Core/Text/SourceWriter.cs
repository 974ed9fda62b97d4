using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace KlingGen.Text;

/// <summary>
/// Writes C# text with indentation, ends lines with <c>\n</c> only, and never writes a blank line twice, after an opening brace,
/// before a closing one or at the top. An interpolated string may hold text and integers only: anything whose printed form
/// depends on a culture does not compile.
/// </summary>
internal sealed class SourceWriter
{
    private const string Indentation = "    ";
    private const int SpacesPerLevel = 4;

    private const int SmallestBuffer = 256;

    // The buffers of finished writers, for the next ones. A file has tens of thousands of characters, and the first touch of fresh memory takes
    // longer than the writing. There are as many as writers were open at once, and the last one in is the first one out, so that the largest
    // buffer goes from file to file.
    private static readonly ConcurrentStack<char[]> Spares = new();

    private char[] _buffer = Spares.TryPop(out var spare) ? spare : [];
    private int _length;
    private int _level;
    private bool _midLine;
    private bool _blankWanted;
    private bool _blankAllowed;

    private const int StatementWidth = 140;

    /// <summary>Gets the columns that the indent of the next line takes.</summary>
    public int IndentWidth => _level * SpacesPerLevel;

    /// <summary>Asks for a blank line before whatever comes next.</summary>
    public void Line()
    {
        EndLine();
        _blankWanted = _blankAllowed;
    }

    /// <summary>Writes text and ends the line. Text of several lines is indented line by line.</summary>
    public void Line(string text)
    {
        if (text.Length == 0 && !_midLine)
        {
            Line();
            return;
        }

        Write(text);
        EndLine();
    }

    /// <inheritdoc cref="Line(string)"/>
    public void Line([InterpolatedStringHandlerArgument("")] ref Interpolation text)
    {
        text.EndsIn(this);
        EndLine();
    }

    /// <summary>Writes a statement on one line, or its second part on a line of its own where one line is too long.</summary>
    public void Statement(string first, string second)
    {
        if (IndentWidth + first.Length + 1 + second.Length <= StatementWidth)
        {
            Line(first + " " + second);
            return;
        }

        Line(first);
        Indent();
        Line(second);
        Unindent();
    }

    /// <summary>Writes a call on one line, or its arguments on as many lines of their own as they fill.</summary>
    public void Call(string callee, IReadOnlyList<string> arguments, string suffix)
    {
        var width = callee.Length + "()".Length + suffix.Length;
        foreach (var argument in arguments) width += argument.Length + ", ".Length;
        if (arguments.Count > 0) width -= ", ".Length;
        if (IndentWidth + width <= StatementWidth)
        {
            Line(callee + "(" + string.Join(", ", arguments) + ")" + suffix);
            return;
        }

        Line(callee + "(");
        Indent();
        width = 0;
        for (var i = 0; i < arguments.Count; i++)
        {
            var end = i < arguments.Count - 1 ? "," : ")" + suffix;
            var added = arguments[i].Length + end.Length;
            if (width > 0 && IndentWidth + width + 1 + added > StatementWidth)
            {
                EndLine();
                width = 0;
            }

            if (width > 0) Write(" ");
            width += (width > 0 ? 1 : 0) + added;
            Write(arguments[i]);
            Write(end);
        }

        Unindent();
    }

    /// <summary>Writes text and stays on its line.</summary>
    public void Write(string text)
    {
        var start = 0;
        for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', start))
        {
            var stop = i > start && text[i - 1] == '\r' ? i - 1 : i;
            Append(text, start, stop - start);
            if (_midLine) EndLine(); else Line();
            start = i + 1;
        }

        Append(text, start, text.Length - start);
    }

    /// <summary>Writes a part of a text that has no line breaks, and stays on its line.</summary>
    public void Write(string text, int start, int count) => Append(text, start, count);

    /// <inheritdoc cref="Write(string)"/>
    public void Write([InterpolatedStringHandlerArgument("")] ref Interpolation text) => text.EndsIn(this);

    /// <summary>Opens a block: the header on its own line, a brace on the next, and one more level of indent.</summary>
    public void Open(string? header = null)
    {
        EndLine();
        if (header is not null) Line(header);
        Line("{");
        Indent();
    }

    /// <inheritdoc cref="Open(string?)"/>
    public void Open([InterpolatedStringHandlerArgument("")] ref Interpolation header)
    {
        header.EndsIn(this);
        Open();
    }

    /// <summary>Closes the block that was opened last; the suffix follows the brace.</summary>
    public void Close(string suffix = "")
    {
        Unindent();
        _blankWanted = false;
        Write("}");
        Line(suffix);
    }

    /// <summary>Goes one level deeper from the next line on.</summary>
    public void Indent()
    {
        EndLine();
        _level++;
        _blankWanted = false;
        _blankAllowed = false;
    }

    /// <summary>Goes one level back from the next line on.</summary>
    public void Unindent()
    {
        if (_level == 0) throw new InvalidOperationException("More blocks were closed than opened.");
        EndLine();
        _level--;
    }

    /// <summary>Everything written so far.</summary>
    public override string ToString() => new(_buffer, 0, _length);

    /// <summary>Everything written. The writer is empty afterwards, and is not used again.</summary>
    public string Finish()
    {
        var text = ToString();
        Release();
        return text;
    }

    /// <summary>Writes whole lines of another writer as they are. The other one is empty afterwards, and is not used again.</summary>
    public void WriteLines(SourceWriter lines)
    {
        EndLine();
        Reserve(1 + lines._length);
        if (_blankWanted) _buffer[_length++] = '\n';
        Array.Copy(lines._buffer, 0, _buffer, _length, lines._length);
        _length += lines._length;
        _blankWanted = false;
        lines.Release();
    }

    private void Release()
    {
        Spares.Push(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void Append(string text, int start, int count)
    {
        if (count == 0) return;
        if (!_midLine) StartLine();
        Reserve(count);
        text.CopyTo(start, _buffer, _length, count);
        _length += count;
    }

    private void StartLine()
    {
        Reserve(1 + IndentWidth);
        if (_blankWanted) _buffer[_length++] = '\n';
        for (var level = 0; level < _level; level++)
        {
            Indentation.CopyTo(0, _buffer, _length, SpacesPerLevel);
            _length += SpacesPerLevel;
        }

        _blankWanted = false;
        _blankAllowed = true;
        _midLine = true;
    }

    private void EndLine()
    {
        if (!_midLine) return;
        Reserve(1);
        _buffer[_length++] = '\n';
        _midLine = false;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count) return;
        Array.Resize(ref _buffer, Math.Max(SmallestBuffer, Math.Max(_length + count, 2 * _buffer.Length)));
    }

    /// <summary>Lets <c>$"..."</c> write straight into the writer.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Interpolation
    {
        private readonly SourceWriter _writer;

        public Interpolation(int literalLength, int holes, SourceWriter writer)
        {
            _ = (literalLength, holes);
            _writer = writer;
        }

        /// <summary>Checks that the interpolated string was written to this writer.</summary>
        public void EndsIn(SourceWriter writer)
        {
            if (!ReferenceEquals(writer, _writer)) throw new InvalidOperationException("The text went to another writer.");
        }

        public void AppendLiteral(string text) => _writer.Write(text);

        public void AppendFormatted(string? text) => _writer.Write(text ?? "");

        public void AppendFormatted(int value) => _writer.Write(Literal.Number(value));

        public void AppendFormatted(long value) => _writer.Write(Literal.Digits(value));
    }
}
