using System.Text;

namespace Fal.Wire;

/// <summary>What records and unions forward to: two values are equal if their JSON is.</summary>
public static class FalValue
{
    /// <summary>Whether both are of one type and have the same JSON form; the order of map keys does not count.</summary>
    public static bool Equals<T>(T self, T? other)
        where T : class, IFalObject<T>
        => Same(self, other);

    /// <summary>A hash that agrees with the equality of this class.</summary>
    public static int GetHashCode<T>(T self)
        where T : class, IFalObject<T>
        => Hash(self);

    /// <summary>The JSON form for people: media by name, data URIs and very long texts shortened.</summary>
    public static string ToString<T>(T self)
        where T : class, IFalObject<T>
        => Show(self);

    internal static bool Same(IFalWritable self, IFalWritable? other)
    {
        if (ReferenceEquals(self, other))
            return true;
        if (other is null || self.GetType() != other.GetType())
            return false;
        var identities = new List<FalMedia>();
        using var left = new FalJsonWriter(FalJsonMode.Compare);
        using var right = new FalJsonWriter(FalJsonMode.Compare);
        left.ShareIdentities(identities);
        right.ShareIdentities(identities);
        self.WriteTo(left);
        other.WriteTo(right);
        if (left.Written.SequenceEqual(right.Written))
            return true;
        return (left.Unordered || right.Unordered) && FalJsonOrder.Same(left.Written, right.Written);
    }

    internal static int Hash(IFalWritable self)
    {
        using var json = new FalJsonWriter(FalJsonMode.Compare);
        self.WriteTo(json);
        return FalJsonOrder.Hash(json.Written);
    }

    internal static string Show(IFalWritable self)
    {
        using var json = new FalJsonWriter(FalJsonMode.Display);
        self.WriteTo(json);
        return Encoding.UTF8.GetString(json.Written);
    }
}
