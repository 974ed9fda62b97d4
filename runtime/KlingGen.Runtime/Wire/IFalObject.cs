namespace Fal.Wire;

/// <summary>A value of a fal endpoint that is read from JSON, written as JSON, and validates itself.</summary>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
public interface IFalObject<TSelf> : IFalWritable
    where TSelf : IFalObject<TSelf>
{
    /// <summary>Reads one value. On entry the reader is at the first token of the value, on return at its last.</summary>
    static abstract TSelf Read(ref FalJsonReader json);

    /// <summary>Writes the value as JSON.</summary>
    void Write(FalJsonWriter json);

    /// <summary>Adds every problem of this value to <paramref name="checks"/>. Never throws for a wrong value.</summary>
    /// <remarks>Does nothing for types that only the server creates: they are not checked.</remarks>
    void Check(FalChecks checks)
    {
    }

    // Bases that do not know TSelf (unions) write themselves through the interface without it.
    void IFalWritable.WriteTo(FalJsonWriter json) => Write(json);
}
