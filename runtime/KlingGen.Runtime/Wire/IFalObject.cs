namespace Fal.Wire;

/// <summary>A value of a fal endpoint that can be read from JSON, written to JSON and checked.</summary>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
public interface IFalObject<TSelf> : IFalWritable
    where TSelf : IFalObject<TSelf>
{
    /// <summary>Reads one value. The reader is at the value's first token and is left at its last.</summary>
    static abstract TSelf Read(ref FalJsonReader json);

    /// <summary>Writes the value as JSON.</summary>
    void Write(FalJsonWriter json);

    /// <summary>Adds every problem of this value to <paramref name="checks"/>. Never throws for an invalid value.</summary>
    /// <remarks>Does nothing for types that only the server creates: they are not checked.</remarks>
    void Check(FalChecks checks)
    {
    }

    // Base classes without TSelf (unions) write themselves through the non-generic interface.
    void IFalWritable.WriteTo(FalJsonWriter json) => Write(json);
}
