using Fal;
using Fal.Jobs;

namespace Samples.Silo;

/// <summary>What an engine other than Orleans needs: a way to run a step of one entry in one of its processes.</summary>
internal sealed class OtherEngine(FalClient client, IFalLedger ledger, FalJobRunnerOptions options)
{
    // In the process that claims: hands each claimed entry to the engine, by its id.
    public Task ClaimAsync(string owner, Func<string, string, CancellationToken, Task<bool>> runStep, CancellationToken cancellationToken)
    {
        var engine = new FalJobEngine { Owner = owner, DispatchAsync = (entry, stop) => runStep(entry.Id, owner, stop) };
        return new FalJobRunner(client, ledger, options with { Engine = engine }).RunAsync(cancellationToken);
    }

    // In the process that works: the body of an activity, which the engine may repeat as often as it likes.
    public async Task<bool> StepAsync(string entryId, string owner, CancellationToken cancellationToken)
    {
        var entry = await ledger.FindAsync(entryId, cancellationToken);
        if (entry?.LeaseOwner != owner) return false;      // done, or another process has it
        return await new FalJobRunner(client, ledger, options).ProcessAsync(entry, cancellationToken);
    }
}
