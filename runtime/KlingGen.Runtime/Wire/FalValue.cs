using System.Text;

namespace Fal.Wire;

/// <summary>Equality of records and unions: two values are equal if they have the same type and the same JSON form.</summary>
public static class FalValue
{
    /// <summary>Whether both have the same type and the same JSON form. The order of map keys does not count.</summary>
    public static bool Equals<T>(T self, T? other)
        where T : class, IFalObject<T>
    {
        if (ReferenceEquals(self, other))
            return true;
        return self is not null && other is not null && self.GetType() == other.GetType() && Same(self.Write, other.Write);
    }

    /// <summary>A hash that is consistent with the equality of this class.</summary>
    public static int GetHashCode<T>(T self)
        where T : class, IFalObject<T>
    {
        ArgumentNullException.ThrowIfNull(self);
        return Hash(self.Write);
    }

    /// <summary>The JSON form for people: media by name, data URIs and very long strings shortened.</summary>
    public static string ToString<T>(T self)
        where T : class, IFalObject<T>
    {
        ArgumentNullException.ThrowIfNull(self);
        return Show(self.Write);
    }

    internal static bool Same(Action<FalJsonWriter> left, Action<FalJsonWriter> right)
    {
        var media = new List<FalMedia>();
        using var ours = FalJsonWriter.Rent(FalJsonMode.Compare);
        using var theirs = FalJsonWriter.Rent(FalJsonMode.Compare);
        ours.ShareIdentities(media);
        theirs.ShareIdentities(media);
        left(ours);
        right(theirs);
        return ours.Written.SequenceEqual(theirs.Written)
            || ((ours.Unordered || theirs.Unordered) && FalJsonOrder.Same(ours.Written, theirs.Written));
    }

    internal static int Hash(Action<FalJsonWriter> write)
    {
        using var json = FalJsonWriter.Rent(FalJsonMode.Compare);
        write(json);
        return FalJsonOrder.Hash(json.Written);
    }

    internal static string Show(Action<FalJsonWriter> write)
    {
        using var json = FalJsonWriter.Rent(FalJsonMode.Display);
        write(json);
        return Encoding.UTF8.GetString(json.Written);
    }
}
