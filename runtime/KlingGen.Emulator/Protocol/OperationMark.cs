namespace Fal.Emulation;

/// <summary>Metadata of a route: its operation, which the recorder and the faults read.</summary>
internal sealed record OperationMark(FalOperation Operation);
