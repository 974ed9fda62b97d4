namespace KlingGen.Specs;

/// <summary>Nodes made from nodes, for the reader's own needs.</summary>
internal static class JsonNodeExtensions
{
    public static bool TryGetMember(this JsonNode node, string name, out JsonMember found)
    {
        foreach (var member in node.Members)
        {
            if (member.Name == name)
            {
                found = member;
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>The first character of a node: a whole object underlined is no help to anybody.</summary>
    public static TextRange Head(this JsonNode node) => new(node.Range.Start, node.Range.Length > 0 ? 1 : 0);
}
