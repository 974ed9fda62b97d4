using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace KlingGen.Text;

/// <summary>
/// Writes C# text: knows the indent, ends lines with <c>\n</c> only, and never writes a blank line twice, after an opening brace,
/// before a closing one or at the top. An interpolated string may hold text and integers only: anything whose printed form
/// depends on a culture does not compile.
/// </summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;
    private const int FirstBuffer = 8 * 1024;
    private const int LargestSpare = 256 * 1024;

    // What finished writers have grown: nearly all that an emission allocates would otherwise be buffers, written once each.
    [ThreadStatic]
    private static Stack<char[]>? _spare;

    private char[] _buffer = _spare is { Count: > 0 } spare ? spare.Pop() : new char[FirstBuffer];
    private int _length;
    private int _level;
    private bool _midLine;
    private bool _blankWanted;
    private bool _blankAllowed;

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

    /// <summary>Writes text and stays on its line.</summary>
    [MethodImpl(Compiled.Fully)]
    public void Write(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n') continue;
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

    /// <summary>Everything that was written; the writer is empty afterwards and not to be used again.</summary>
    public string Finish()
    {
        var text = ToString();
        if (_buffer.Length is >= FirstBuffer and <= LargestSpare) (_spare ??= new Stack<char[]>()).Push(_buffer);
        _buffer = [];
        _length = 0;
        return text;
    }

    /// <summary>The same, with a head before it: what is written anew is one string.</summary>
    public string Finish(string head)
    {
        Reserve(head.Length);
        Array.Copy(_buffer, 0, _buffer, head.Length, _length);
        head.CopyTo(0, _buffer, 0, head.Length);
        _length += head.Length;
        return Finish();
    }

    /// <summary>Whether the word stands anywhere in what was written.</summary>
    [MethodImpl(Compiled.Fully)]
    public bool Contains(string word)
    {
        var last = _length - word.Length;
        for (var at = 0; at <= last; at++)
        {
            at = Array.IndexOf(_buffer, word[0], at, last - at + 1);
            if (at < 0) return false;
            var i = 1;
            while (i < word.Length && _buffer[at + i] == word[i]) i++;
            if (i == word.Length) return true;
        }

        return false;
    }

    /// <summary>Everything written so far.</summary>
    public override string ToString() => new(_buffer, 0, _length);

    [MethodImpl(Compiled.Fully)]
    private void Append(string text, int start, int count)
    {
        if (count == 0) return;
        if (!_midLine) StartLine();
        Reserve(count);

        // Most pieces are a word or two: copied before a call would have begun.
        if (count > 24) text.CopyTo(start, _buffer, _length, count);
        else for (var i = 0; i < count; i++) _buffer[_length + i] = text[start + i];
        _length += count;
    }

    [MethodImpl(Compiled.Fully)]
    private void StartLine()
    {
        Reserve(IndentWidth + 1);
        if (_blankWanted) _buffer[_length++] = '\n';
        for (var i = IndentWidth; i > 0; i--) _buffer[_length++] = ' ';
        _blankWanted = false;
        _blankAllowed = true;
        _midLine = true;
    }

    [MethodImpl(Compiled.Fully)]
    private void EndLine()
    {
        if (!_midLine) return;
        Reserve(1);
        _buffer[_length++] = '\n';
        _midLine = false;
    }

    [MethodImpl(Compiled.Fully)]
    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
    }

    /// <summary>Lets <c>$"..."</c> write straight into the writer.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Interpolation
    {
        private readonly SourceWriter _writer;

        [MethodImpl(Compiled.Fully)]
        public Interpolation(int literalLength, int holes, SourceWriter writer)
        {
            _ = (literalLength, holes);
            _writer = writer;
        }

        /// <summary>The text is in the writer already: what is left is to be sure that it is this one.</summary>
        [MethodImpl(Compiled.Fully)]
        public void EndsIn(SourceWriter writer)
        {
            if (!ReferenceEquals(writer, _writer)) throw new InvalidOperationException("The text went to another writer.");
        }

        [MethodImpl(Compiled.Fully)]
        public void AppendLiteral(string text) => _writer.Write(text);

        [MethodImpl(Compiled.Fully)]
        public void AppendFormatted(string? text) => _writer.Write(text ?? "");

        public void AppendFormatted(int value) => _writer.Write(Literal.Number(value));

        public void AppendFormatted(long value) => _writer.Write(Literal.Digits(value));
    }
}
