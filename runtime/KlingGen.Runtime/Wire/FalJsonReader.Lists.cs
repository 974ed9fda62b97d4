namespace Fal.Wire;

public ref partial struct FalJsonReader
{
    /// <summary>A list, or null.</summary>
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

    /// <summary>A map from texts, or null. Of two values under one key the later counts.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(FalReadItem<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (IsNull())
            return null;
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        StartObject();
        while (NextMember())
        {
            var key = MemberName();
            map[key] = read(ref this);
        }

        return map;
    }

    /// <summary>An element that must not be null.</summary>
    /// <exception cref="FalProtocolException">It is null.</exception>
    public readonly T Item<T>(T? value)
        where T : class
        => value ?? throw Surprise("an element must not be null");

    /// <summary>An element that must not be null.</summary>
    /// <exception cref="FalProtocolException">It is null.</exception>
    public readonly T Item<T>(T? value)
        where T : struct
        => value ?? throw Surprise("an element must not be null");

    /// <summary>The fault of a text that is none of the values of an enum.</summary>
    public readonly FalProtocolException UnknownWord(string enumName)
        => Surprise($"{Found()} is no value of {enumName}");
}
