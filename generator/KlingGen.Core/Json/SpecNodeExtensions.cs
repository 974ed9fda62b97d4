namespace KlingGen.Json;

/// <summary>What only the reader of documents needs of a node.</summary>
internal static class SpecNodeExtensions
{
    /// <summary>The first character of a node: underlining a whole object helps no reader.</summary>
    public static SourceRange Head(this SpecNode node) => new(node.Range.Start, node.Range.Length > 0 ? 1 : 0);
}
