namespace Fal.Jobs;

/// <summary>What an action does outside of the ledger. Every outcome is a fact; only the end of the process throws.</summary>
internal interface IJobEffects
{
    FalEntryClaimed Describe(FalLedgerEntry entry);

    Task<FalJobFact> MakeBodyAsync(FalLedgerEntry entry, CancellationToken cancellationToken);

    Task<FalJobFact> SubmitAsync(FalLedgerEntry entry);

    Task<FalJobFact> PollAsync(FalLedgerEntry entry, CancellationToken cancellationToken);

    /// <summary>Null if the saver stored the saved entry itself.</summary>
    Task<FalJobFact?> SaveAsync(FalLedgerEntry entry, CancellationToken cancellationToken);

    Task<FalJobFact> SearchAsync(FalLedgerEntry entry, CancellationToken cancellationToken);
}
