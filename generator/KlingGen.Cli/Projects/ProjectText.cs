using System.Text;
using System.Xml;

namespace KlingGen.Cli.Projects;

/// <summary>
/// An MSBuild file as text: elements are put in where they belong, and every other byte stays as it was (comments, line
/// ends, quotes, order), which no XML writer promises.
/// </summary>
internal sealed class ProjectText
{
    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly string _original;
    private List<Element> _elements;

    private ProjectText(string path, string text, Encoding encoding)
    {
        _path = path;
        _encoding = encoding;
        _original = Text = text;
        _elements = Read();
    }

    /// <param name="Name">Without prefix.</param>
    /// <param name="Parent">The parent element; null for the root.</param>
    /// <param name="Attributes">Its attributes.</param>
    /// <param name="Start">Where its tag begins.</param>
    /// <param name="End">Where its end tag begins; -1 for an element without one.</param>
    /// <param name="Value">Its text.</param>
    public sealed record Element(string Name, Element? Parent, IReadOnlyDictionary<string, string> Attributes, int Start)
    {
        public int End { get; set; } = -1;

        public string Value { get; set; } = "";

        public bool IsUnconditional => !Attributes.ContainsKey("Condition") && Parent?.IsUnconditional != false;
    }

    public string Text { get; private set; }

    public bool IsChanged => Text != _original;

    public IEnumerable<Element> Elements => _elements;

    /// <exception cref="ToolException">It cannot be read, or is no MSBuild file.</exception>
    public static ProjectText Load(string path)
    {
        try
        {
            using var reader = new StreamReader(
                path,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            return new ProjectText(path, text, reader.CurrentEncoding);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or XmlException)
        {
            throw new ToolException($"'{path}' cannot be read as a project: {ex.Message}", ex);
        }
    }

    public void Save()
    {
        if (IsChanged) AtomicFile.Write(_path, [.. _encoding.GetPreamble(), .. _encoding.GetBytes(Text)]);
    }

    /// <summary>Adds an item, beside others of its kind where there are some.</summary>
    public void AddItem(string name, string attributes)
    {
        var group = _elements.LastOrDefault(
            element => element.Name == name && element.IsUnconditional && element.Parent is { Name: "ItemGroup", End: >= 0 })?.Parent;
        AddTo(group, "ItemGroup", $"<{name} {attributes} />");
    }

    /// <summary>Adds a property, to the first group that holds under no condition.</summary>
    public void AddProperty(string name, string value)
        => AddTo(
            _elements.Find(element => element is { Name: "PropertyGroup", IsUnconditional: true, End: >= 0 }),
            "PropertyGroup",
            $"<{name}>{Escape(value)}</{name}>");

    /// <summary>Replaces an element's text.</summary>
    public void SetValue(Element element, string value)
    {
        if (element.End < 0) throw new ToolException($"<{element.Name}/> in '{_path}' is empty; give it a value or remove it.");
        var content = Text.LastIndexOf('>', element.End - 1) + 1;
        Change(content, element.End - content, Escape(value));
    }

    private static string Escape(string value) => System.Security.SecurityElement.Escape(value);

    private void AddTo(Element? group, string groupName, string line)
    {
        var root = _elements[0];
        if (root.End < 0) throw new ToolException($"'{_path}' is an empty project.");
        var newLine = Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var unit = IndentOf(_elements.Find(element => element.Parent == root)) is { Length: > 0 } indent ? indent : "  ";
        if (group is null)
        {
            InsertBefore(root.End, $"{unit}<{groupName}>{newLine}{unit}{unit}{line}{newLine}{unit}</{groupName}>{newLine}", newLine);
            return;
        }

        var child = _elements.Find(element => element.Parent == group);
        InsertBefore(group.End, (child is null ? IndentOf(group) + unit : IndentOf(child)) + line + newLine, newLine);
    }

    /// <summary>Inserts whole lines before a tag: before its line if the tag is the first on it, else inside the line.</summary>
    private void InsertBefore(int tag, string lines, string newLine)
    {
        var lineStart = Text.LastIndexOf('\n', Math.Max(tag - 1, 0)) + 1;
        if (string.IsNullOrWhiteSpace(Text[lineStart..tag])) Change(lineStart, 0, lines);
        else Change(tag, 0, newLine + lines);
    }

    private string IndentOf(Element? element)
    {
        if (element is null) return "";
        var lineStart = Text.LastIndexOf('\n', Math.Max(element.Start - 1, 0)) + 1;
        var before = Text[lineStart..element.Start];
        return string.IsNullOrWhiteSpace(before) ? before : "";
    }

    private void Change(int start, int length, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        _elements = Read();
    }

    private List<Element> Read()
    {
        var elements = new List<Element>();
        var open = new Stack<Element>();
        var lines = LineStarts();
        using var reader = XmlReader.Create(new StringReader(Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var position = (IXmlLineInfo)reader;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    // The reader's position is the name, one character after the start of the tag.
                    var start = lines[position.LineNumber - 1] + position.LinePosition - 2;
                    var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                    var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                    while (reader.MoveToNextAttribute()) attributes[reader.LocalName] = reader.Value;
                    var element = new Element(name, open.TryPeek(out var parent) ? parent : null, attributes, start);
                    elements.Add(element);
                    if (!isEmpty) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop().End = lines[position.LineNumber - 1] + position.LinePosition - 3;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Value += reader.Value;
                    break;
            }
        }

        return elements is [{ Name: "Project" }, ..] ? elements : throw new XmlException("there is no <Project>");
    }

    private List<int> LineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n'))) starts.Add(i + 1);
        }

        return starts;
    }
}
