using System.Diagnostics;
using System.Globalization;

namespace Fal.Jobs;

/// <summary>
/// Entries whose lease belongs to a process that has exited, so that a killed program continues at once after a restart.
/// Working on them needs no claim: their fence protects them as it does against every other process.
/// </summary>
internal static class Orphans
{
    private static readonly FalLedgerState[] Open =
    [
        FalLedgerState.Queued, FalLedgerState.Uploading, FalLedgerState.Submitting, FalLedgerState.Submitted, FalLedgerState.Finished,
        FalLedgerState.Unknown,
    ];

    // Containers may share a host name and have the same process ids, so on Linux a machine is its boot and the namespace of process ids as well.
    private static readonly string Machine = Environment.MachineName + NamespaceOfProcesses();

    /// <summary>The owner of the leases of one runner: machine, process and a random part.</summary>
    public static string NewOwner() => FormattableString.Invariant($"{Machine}:{Environment.ProcessId}:{Guid.NewGuid():N}");

    public static async Task<IReadOnlyList<FalLedgerEntry>> FindAsync(
        IFalLedger ledger, string? batch, TimeProvider time, Func<string, bool> isGone, CancellationToken cancellationToken)
    {
        var orphans = new List<FalLedgerEntry>();
        var query = new FalLedgerQuery { Batch = batch, States = Open, IsLeased = true };
        while (true)
        {
            var page = await ledger.ListAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) return orphans;
            var now = time.GetUtcNow();
            orphans.AddRange(page.Where(entry => entry.LeaseUntil > now && entry.LeaseOwner is { } owner && isGone(owner)));
            query = query with { After = page[^1].Sequence };
        }
    }

    /// <summary>Whether an owner was a process of this machine that has exited.</summary>
    // A process id that is in use again, or that of this process, counts as alive: then the lease ends by its time.
    public static bool IsGone(string owner)
    {
        if (owner.Split(':') is not [var machine, var number, _] || machine != Machine) return false;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception ex) when (ex is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string NamespaceOfProcesses()
    {
        try
        {
            if (!OperatingSystem.IsLinux()) return "";
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return FormattableString.Invariant($"/{boot}/{string.Concat(space.Where(char.IsAsciiDigit))}");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
