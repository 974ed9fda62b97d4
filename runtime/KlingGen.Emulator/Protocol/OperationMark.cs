namespace Fal.Emulation;

/// <summary>Says of a route what it is: metadata that recorder and faults read.</summary>
internal sealed record OperationMark(FalOperation Operation);
