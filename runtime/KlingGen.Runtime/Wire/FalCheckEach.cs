namespace Fal.Wire;

/// <summary>Checks one element of a list or map.</summary>
/// <param name="checks">The collector of problems.</param>
/// <param name="index">The element's index or key, which is its name in the path.</param>
/// <param name="value">The element.</param>
public delegate void FalCheckEach<in T>(FalChecks checks, string index, T value);
