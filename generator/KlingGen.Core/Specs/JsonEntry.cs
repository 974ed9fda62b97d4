namespace KlingGen.Specs;

/// <summary>A value as the scanner met it. Those inside it follow at once, so that a document is one array in the order of the text.</summary>
/// <param name="kind">What it is.</param>
/// <param name="range">Where it stands, with its quotes or brackets.</param>
/// <param name="end">The place behind the last entry inside it.</param>
/// <param name="hasEscapes">It is a string whose value is not what stands between the quotes.</param>
internal struct JsonEntry(JsonKind kind, TextRange range, int end, bool hasEscapes)
{
    public readonly JsonKind Kind = kind;
    public readonly bool HasEscapes = hasEscapes;

    /// <summary>It is an object, and some of the names in it come again.</summary>
    public bool HasRepeats;

    /// <summary>It is a member, and its name has escapes.</summary>
    public bool HasNameEscapes;

    public TextRange Range = range;

    /// <summary>Where the name of a member stands, with its quotes.</summary>
    public TextRange Name;

    public int End = end;

    /// <summary>How many members or items it has.</summary>
    public int Count;
}
