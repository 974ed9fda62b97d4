using System.Text;
using KlingGen.Cli.Checking;
using KlingGen.Cli.Diff;
using KlingGen.Cli.Documents;
using KlingGen.Json;

namespace KlingGen.Cli.Pull;

/// <summary>What is to be fetched, and how.</summary>
/// <param name="Folder">Where the documents lie.</param>
/// <param name="Ids">Endpoints by name.</param>
/// <param name="Patterns">Patterns over all that fal lists.</param>
/// <param name="Refresh">Every document in the folder is fetched again.</param>
/// <param name="IsDryRun">Nothing is written.</param>
/// <param name="Jobs">How many are fetched at once.</param>
internal sealed record PullOrder(string Folder, IReadOnlyList<string> Ids, IReadOnlyList<string> Patterns, bool Refresh, bool IsDryRun, int Jobs);

/// <summary>What came of it all.</summary>
/// <param name="Results">One per endpoint, in ordinal order.</param>
/// <param name="Changes">What the new documents mean for code, together.</param>
internal sealed record PullReport(IReadOnlyList<PullResult> Results, IReadOnlyList<Change> Changes);

/// <summary>
/// Fetches documents, and only then touches the folder: first everything is fetched and compared, then file after file
/// is put in its place whole.
/// </summary>
internal sealed class PullEngine(FalServer server, FalAddressBook addresses)
{
    /// <param name="order">What to do.</param>
    /// <param name="progress">Hears how many there are, and then of each that is done.</param>
    /// <param name="cancellation">Stops everything; files that are written stay, and none is half.</param>
    /// <exception cref="ToolException">The order makes no sense, or the list of models could not be read.</exception>
    public async Task<PullReport> RunAsync(PullOrder order, IPullProgress progress, CancellationToken cancellation)
    {
        var present = Directory.Exists(order.Folder) ? SpecFiles.Read([order.Folder]) : [];
        var known = PresentDocuments.By(present);
        var ids = await IdsAsync(order, known, cancellation).ConfigureAwait(false);
        var targets = TargetsOf(ids, order.Folder, known);
        progress.Start(targets.Length);

        var results = new PullResult[targets.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, targets.Length),
            new ParallelOptions { MaxDegreeOfParallelism = order.Jobs, CancellationToken = cancellation },
            async (i, stop) =>
            {
                results[i] = await FetchAsync(targets[i], stop).ConfigureAwait(false);
                progress.Done(results[i]);
            }).ConfigureAwait(false);

        var after = After(present, results);
        results = Checked(results, after);
        var changes = PlanComparison.Compare(SpecSet.Read(present).Plan, SpecSet.Read(after).Plan);
        if (!order.IsDryRun) Write(results, cancellation);
        return new PullReport(results, changes);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(PullOrder order, IReadOnlyDictionary<string, SpecInput> known, CancellationToken cancellation)
    {
        var ids = new SortedSet<string>(order.Ids, StringComparer.Ordinal);
        if (order.Refresh) ids.UnionWith(known.Keys);
        if (order.Patterns.Count > 0)
        {
            try
            {
                var found = await ModelList.MatchAsync(order.Patterns, server, addresses, cancellation).ConfigureAwait(false);
                if (found.Count == 0) throw new ToolException(
                    $"fal lists no endpoint that matches {string.Join(", ", order.Patterns.Select(pattern => $"'{pattern}'"))}.");
                ids.UnionWith(found);
            }
            catch (PullException ex)
            {
                throw new ToolException($"The list of models could not be read: {ex.Message}.", ex);
            }
        }

        return [.. ids];
    }

    /// <summary>
    /// An existing document keeps its path; a new one gets the path of its id. What must not become a path gets
    /// none, and the reason.
    /// </summary>
    private static Target[] TargetsOf(IReadOnlyList<string> ids, string folder, IReadOnlyDictionary<string, SpecInput> known)
    {
        var targets = new Target[ids.Count];
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < ids.Count; i++)
        {
            var id = ids[i];
            var below = SpecPath.ForEndpoint(id, out var reason);
            var place = known.TryGetValue(id, out var file) ? file.Path : below is null ? "" : Path.Combine(folder, below).Replace('\\', '/');
            if (below is not null && !taken.TryAdd(place, id)) reason = $"would lie in one file with '{taken[place]}' where case does not count";
            targets[i] = new Target(id, place, file, reason.Length == 0 ? null : reason);
        }

        return targets;
    }

    /// <param name="Id">The endpoint.</param>
    /// <param name="Path">Its file.</param>
    /// <param name="Present">What is there.</param>
    /// <param name="Reason">Why it is not fetched.</param>
    private sealed record Target(string Id, string Path, SpecInput? Present, string? Reason);

    private async Task<PullResult> FetchAsync(Target target, CancellationToken cancellation)
    {
        var (id, place, present, reason) = target;
        if (reason is not null) return new PullResult(id, place, PullOutcome.Refused, reason);
        try
        {
            var fresh = DocumentValidator.Accept(id, await server.GetAsync(addresses.DocumentOf(id), cancellation).ConfigureAwait(false));
            if (present is null) return new PullResult(id, place, PullOutcome.Added, Text: DocumentText.Write(fresh));
            if (JsonReader.Read(present.Text).Root is not { } old || !DocumentText.SaysTheSame(old, fresh))
                return new PullResult(id, place, PullOutcome.Changed, Text: DocumentText.Write(fresh));

            // The file's own order counts where the document leaves it open, so that the same document never gives a difference.
            var text = DocumentText.Write(old);
            return new PullResult(id, place, text == present.Text ? PullOutcome.Unchanged : PullOutcome.Reformatted, Text: text);
        }
        catch (PullException ex)
        {
            return new PullResult(id, place, ex.IsRefused ? PullOutcome.Refused : PullOutcome.Unreachable, ex.Message);
        }
    }

    /// <summary>The folder as it will be.</summary>
    private static List<SpecInput> After(IReadOnlyList<SpecInput> present, IEnumerable<PullResult> results)
    {
        var written = results.Where(result => result.IsWritten).ToDictionary(result => result.Path, StringComparer.Ordinal);
        var after = new List<SpecInput>();
        foreach (var file in present) after.Add(written.Remove(file.Path, out var result) ? file with { Text = result.Text! } : file);
        after.AddRange(written.Values.Select(result => new SpecInput(result.Path, result.Id, IsBundled: false, result.Text!)));
        return after;
    }

    private static PullResult[] Checked(PullResult[] results, List<SpecInput> after)
    {
        var diagnostics = Checker.Check(SpecSet.Read(after)).ToLookup(diagnostic => diagnostic.Location.Path, StringComparer.Ordinal);
        return [.. results.Select(result => result.IsWritten ? result with { Diagnostics = [.. diagnostics[result.Path]] } : result)];
    }

    private static void Write(IEnumerable<PullResult> results, CancellationToken cancellation)
    {
        foreach (var result in results)
        {
            if (!result.IsWritten) continue;
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Write(result.Path, Encoding.UTF8.GetBytes(result.Text!));
        }
    }
}
