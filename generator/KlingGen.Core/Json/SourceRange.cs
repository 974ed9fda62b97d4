namespace KlingGen.Json;

/// <summary>A stretch of a text, in UTF-16 units.</summary>
internal readonly record struct SourceRange(int Start, int Length)
{
    public int End => Start + Length;

    public static SourceRange Between(int start, int end) => new(start, end - start);
}
