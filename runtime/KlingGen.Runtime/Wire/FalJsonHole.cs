namespace Fal.Wire;

/// <summary>A place in a written request where the URL of a medium belongs once it is uploaded.</summary>
internal readonly record struct FalJsonHole(int Position, FalMedia Media);
