namespace Fal.Wire;

public sealed partial class FalJsonWriter
{
    /// <summary>Writes a list member; nothing if it is null.</summary>
    public void List<T>(ReadOnlySpan<byte> name, IReadOnlyList<T>? values, FalWriteItem<T> write)
    {
        if (values is null)
            return;
        Name(name);
        ListValue(values, write);
    }

    /// <summary>Writes a list, or null.</summary>
    public void ListValue<T>(IReadOnlyList<T>? values, FalWriteItem<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (values is null)
        {
            NullValue();
            return;
        }

        StartArray();
        for (var i = 0; i < values.Count; i++)
            write(this, values[i]);
        EndArray();
    }

    /// <summary>Writes a map member; nothing if it is null.</summary>
    public void Map<T>(ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? values, FalWriteItem<T> write)
    {
        if (values is null)
            return;
        Name(name);
        MapValue(values, write);
    }

    /// <summary>Writes a map, or null.</summary>
    public void MapValue<T>(IReadOnlyDictionary<string, T>? values, FalWriteItem<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (values is null)
        {
            NullValue();
            return;
        }

        StartObject();
        foreach (var (key, value) in values)
        {
            Name(key);
            write(this, value);
        }

        EndObject();
    }
}
