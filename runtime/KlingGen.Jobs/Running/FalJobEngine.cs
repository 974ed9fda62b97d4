namespace Fal.Jobs;

/// <summary>
/// An engine that spreads the entries which a <see cref="FalJobRunner"/> claims over its own processes, such as Orleans: the runner claims and paces,
/// the engine decides where an entry is worked on.
/// </summary>
public sealed class FalJobEngine
{
    /// <summary>The owner of the leases, unique per runner. The engine passes dead owners to <see cref="FalJobRunner.RecoverAsync"/>.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// Has a claimed entry worked on, which ends in <see cref="FalJobRunner.ProcessAsync"/> in some process, and returns what that returned. The
    /// fence keeps a doubled call harmless.
    /// </summary>
    public required Func<FalLedgerEntry, CancellationToken, Task<bool>> DispatchAsync { get; init; }
}
