namespace Fal.Wire;

/// <summary>The base of types that hold one of several shapes.</summary>
public abstract class FalUnion
{
    /// <summary>Keeps the value.</summary>
    protected FalUnion(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The value, of one of the shapes.</summary>
    protected object Value { get; }

    /// <summary>Whether <paramref name="obj"/> is such a union with the same JSON form.</summary>
    public sealed override bool Equals(object? obj)
        => obj is FalUnion other && FalValue.Same(AsWritable(), other.AsWritable());

    /// <inheritdoc/>
    public sealed override int GetHashCode() => FalValue.Hash(AsWritable());

    /// <summary>The JSON form for people: media by name, data URIs and very long texts shortened.</summary>
    public sealed override string ToString() => FalValue.Show(AsWritable());

    // Every emitted union implements IFalObject<itself>, whose type this base does not know.
    private IFalWritable AsWritable() => (IFalWritable)this;
}
