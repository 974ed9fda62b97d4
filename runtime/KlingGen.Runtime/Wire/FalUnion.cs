using System.Diagnostics;

namespace Fal.Wire;

/// <summary>The base class of unions: values of one of several types. Derived types implement <see cref="IFalObject{TSelf}"/>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class FalUnion
{
    /// <summary>Creates a union with this value.</summary>
    protected FalUnion(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The value, of one of the types.</summary>
    protected object Value { get; }

    // The type that implements IFalObject is not known here.
    private Action<FalJsonWriter> Write => ((IFalWritable)this).WriteTo;

    /// <summary>Whether <paramref name="obj"/> is a union of the same type with the same JSON form.</summary>
    public sealed override bool Equals(object? obj)
        => ReferenceEquals(this, obj) || (obj is FalUnion other && GetType() == other.GetType() && FalValue.Same(Write, other.Write));

    /// <inheritdoc/>
    public sealed override int GetHashCode() => FalValue.Hash(Write);

    /// <summary>The JSON form for people: media by name, data URIs and very long strings shortened.</summary>
    public sealed override string ToString() => FalValue.Show(Write);
}
