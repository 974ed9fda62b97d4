using System.Diagnostics;
using System.Globalization;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>
/// Frees the jobs that a process of this machine had leased when it was killed, so that a run continues at once instead of when the leases end.
/// A submit that may have arrived becomes unknown, as it does after its lease; it is never sent again from here.
/// </summary>
internal static class StaleLeases
{
    /// <summary>Frees them.</summary>
    public static async Task ReleaseAsync(IFalLedger ledger, FalBatch batch, DateTimeOffset now, CancellationToken cancellation)
    {
        var dead = new Dictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var entries in BatchReport.PagesAsync(ledger, batch.Name, cancellation).ConfigureAwait(false))
        {
            foreach (var entry in entries)
            {
                if (entry.LeaseOwner is not { } owner || !(entry.LeaseUntil > now)) continue;
                if (!dead.TryGetValue(owner, out var isDead)) dead[owner] = isDead = IsDead(owner);
                // A conflict means that the process lives after all.
                if (isDead) await ledger.ApplyAsync(entry, Released(entry, batch, now), cancellation).ConfigureAwait(false);
            }
        }
    }

    private static FalLedgerEntry Released(FalLedgerEntry entry, FalBatch batch, DateTimeOffset now)
        => (entry.State == FalLedgerState.Submitting ? FalJobStep.Decide(entry, batch, new FalEntryClaimed(), now).After! : entry)
            with
        { LeaseOwner = null, LeaseUntil = null };

    /// <summary>Whether the owner was a process of this machine that is gone. Owners are <c>machine:process id:…</c>.</summary>
    private static bool IsDead(string owner)
    {
        var parts = owner.Split(':');
        if (parts.Length < 3 || parts[0] != Environment.MachineName) return false;
        if (!int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }
}
