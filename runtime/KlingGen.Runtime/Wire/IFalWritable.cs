using System.ComponentModel;

namespace Fal.Wire;

/// <summary>The writing half of <see cref="IFalObject{TSelf}"/>, reachable where the type itself is not known.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFalWritable
{
    /// <summary>Writes the value as JSON.</summary>
    void WriteTo(FalJsonWriter json);
}
