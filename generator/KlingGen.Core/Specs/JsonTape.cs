namespace KlingGen.Specs;

/// <summary>
/// What the scanner found in one text. What stands in an object or array becomes nodes when somebody looks into it: nearly a third of a document is never looked at.
/// </summary>
internal sealed class JsonTape(JsonStrings strings, ushort source, JsonEntry[] entries)
{
    /// <summary>The node of the entry at this place.</summary>
    public JsonNode NodeAt(int place) => JsonNode.Later(entries[place].Kind, entries[place].Range, source, this, place);

    /// <summary>What the node of this entry keeps, see <see cref="JsonNode"/>.</summary>
    public object? ContentOf(int place)
    {
        ref readonly var entry = ref entries[place];
        return entry.Kind switch
        {
            JsonKind.String => strings.Quoted(entry.Range, entry.HasEscapes),
            JsonKind.Number => strings.Get(entry.Range.Start, entry.Range.Length),
            JsonKind.Array => Items(place),
            JsonKind.Object => JsonLookup.For(entry.HasRepeats ? JsonRepeats.Drop(Members(place)) : Members(place)),
            _ => null,
        };
    }

    private JsonNode[] Items(int parent)
    {
        var items = new JsonNode[entries[parent].Count];
        var place = parent + 1;
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = NodeAt(place);
            place = entries[place].End;
        }

        return items;
    }

    private JsonMember[] Members(int parent)
    {
        var members = new JsonMember[entries[parent].Count];
        var place = parent + 1;
        for (var i = 0; i < members.Length; i++)
        {
            ref readonly var entry = ref entries[place];
            members[i] = new(strings.Quoted(entry.Name, entry.HasNameEscapes), entry.Name, NodeAt(place));
            place = entry.End;
        }

        return members;
    }
}
