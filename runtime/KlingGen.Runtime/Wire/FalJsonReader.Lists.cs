namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    /// <summary>Reads an array, or null.</summary>
    public IReadOnlyList<T>? List<T>(FalReadItem<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (IsNull())
            return null;
        var list = new List<T>();
        StartArray();
        while (NextElement())
            list.Add(read(ref this));
        return list;
    }

    /// <summary>Reads an object as a map, or null. The last of two values under one key wins.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(FalReadItem<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (IsNull())
            return null;
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        StartObject();
        while (NextMember())
            map[MemberName()] = read(ref this);
        return map;
    }
}
