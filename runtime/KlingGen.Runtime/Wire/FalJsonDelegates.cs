namespace Fal.Wire;

/// <summary>Reads one element of a list or one value of a map: the current value of the reader.</summary>
public delegate T FalReadItem<out T>(ref FalJsonReader json);

/// <summary>Writes one element of a list or one value of a map.</summary>
public delegate void FalWriteItem<in T>(FalJsonWriter json, T item);
