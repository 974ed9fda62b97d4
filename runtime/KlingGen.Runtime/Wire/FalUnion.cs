using System.Diagnostics;

namespace Fal.Wire;

/// <summary>The base of types that hold one of several shapes. Derived types implement <see cref="IFalObject{TSelf}"/>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
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

    // The type that implements IFalObject is not known here.
    private Action<FalJsonWriter> Write => ((IFalWritable)this).WriteTo;

    /// <summary>Whether <paramref name="obj"/> is such a union with the same JSON form.</summary>
    public sealed override bool Equals(object? obj)
        => ReferenceEquals(this, obj) || (obj is FalUnion other && GetType() == other.GetType() && FalValue.Same(Write, other.Write));

    /// <inheritdoc/>
    public sealed override int GetHashCode() => FalValue.Hash(Write);

    /// <summary>The JSON form for people: media by name, data URIs and very long texts shortened.</summary>
    public sealed override string ToString() => FalValue.Show(Write);
}
