using System.ComponentModel;

namespace Fal.Wire;

/// <summary>The writing half of <see cref="IFalObject{TSelf}"/>, for callers that do not have the type itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFalWritable
{
    /// <summary>Writes the value as JSON.</summary>
    void WriteTo(FalJsonWriter json);
}
