namespace Fal.Jobs;

/// <summary>
/// Saves the files of a job that succeeded. It is called again after a failure or a crash, so it must be idempotent: put if absent.
/// </summary>
public interface IFalJobSaver
{
    /// <summary>Saves the files and returns their paths or names.</summary>
    /// <param name="save">The entry with its result.</param>
    /// <param name="cancellationToken">Stops the saving; the entry is saved later.</param>
    Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken);
}

/// <summary>One call of a saver.</summary>
public sealed class FalSaveCall
{
    private readonly TimeProvider _time;

    internal FalSaveCall(FalClient client, FalLedgerEntry entry, TimeProvider time) => (Client, Entry, _time) = (client, entry, time);

    /// <summary>The client, for downloads.</summary>
    public FalClient Client { get; }

    /// <summary>The finished entry; its <c>Result</c> is the JSON.</summary>
    public FalLedgerEntry Entry { get; }

    internal bool IsStored { get; private set; }

    /// <summary>
    /// Stores the entry as saved, in the transaction of the given ledger: one that has joined the transaction of the saver's own row. Commit both
    /// after
    /// this call. Without it the runner stores the entry after the saver has returned.
    /// </summary>
    /// <param name="joined">A ledger over the same entries.</param>
    /// <param name="files">The paths or names of the files.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">Another process has the entry. Roll back: it saves the files.</exception>
    public async Task StoreSavedAsync(IFalLedger joined, IReadOnlyList<string> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(joined);
        var batch = new FalBatch { Name = Entry.Batch };
        var saved = FalJobStep.Decide(Entry, batch, new FalFilesSaved(files), _time.GetUtcNow()).After!;
        if (await joined.ApplyAsync(Entry, saved, cancellationToken).ConfigureAwait(false) != FalApplyOutcome.Applied)
            throw new InvalidOperationException($"Another process has the entry {Entry.Batch}/{Entry.Key}. Roll the transaction back.");
        IsStored = true;
    }
}
