namespace Fal.Wire;

/// <summary>Checks one element of a list or map.</summary>
/// <param name="checks">Where problems go.</param>
/// <param name="index">The element's index or key, to be used as its name.</param>
/// <param name="value">The element.</param>
public delegate void FalCheckEach<in T>(FalChecks checks, string index, T value);
