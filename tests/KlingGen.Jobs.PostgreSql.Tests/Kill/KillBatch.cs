using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace Fal.Jobs.Tests.Kill;

/// <summary>The batch that processes work on while they are killed, and the verdict: none of its jobs is lost, and none is paid twice.</summary>
internal static class KillBatch
{
    private const string Kling = "fal-ai/kling-video/v2.6/pro/text-to-video";

    public static async Task AddAsync(IFalLedger ledger, int jobs)
    {
        await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 60, MaxConsecutiveFailures = 1_000_000 });
        Assert.Equal(jobs, await ledger.AddAsync([.. Enumerable.Range(0, jobs).Select(i =>
        {
            using var input = JsonDocument.Parse($$"""{"prompt":"{{PromptOf(KeyOf(i))}}"}""");
            return new FalNewEntry("films", KeyOf(i), Kling, input.RootElement.Clone());
        })]));
    }

    /// <summary>Compares the ledger with what fal received. The emulator's record is the judge.</summary>
    /// <param name="fal">The emulator.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="jobs">The number of entries.</param>
    /// <param name="results">The folder of the saved files.</param>
    /// <param name="output">The output of the test.</param>
    public static async Task JudgeAsync(EmulatedFal fal, IFalLedger ledger, int jobs, string results, ITestOutputHelper output)
    {
        var submits = await fal.ReadSubmitsAsync();
        var entries = new List<FalLedgerEntry>();
        while (await ledger.ListAsync(new FalLedgerQuery { After = entries.LastOrDefault()?.Sequence }) is { Count: > 0 } page)
            entries.AddRange(page);
        Assert.Equal(jobs, entries.Count);

        var doubled = submits.Where(job => job.Count() > 1).Select(job => job.Key).ToList();
        var lost = entries.Where(entry => entry.State != FalLedgerState.Unknown && !IsKept(entry)).Select(entry => entry.ToString()).ToList();
        var unknown = entries.Where(entry => entry.State == FalLedgerState.Unknown).ToList();
        var atFal = submits.Sum(job => job.Count());
        output.WriteLine(
            $"{entries.Count} entries, {atFal} jobs at fal: {doubled.Count} doubled, {lost.Count} lost, {unknown.Count} unknown");
        foreach (var entry in unknown) output.WriteLine($"{entry}: {entry.Reason}");
        Assert.Empty(doubled);
        Assert.Empty(lost);
        // A job that fal has is found in its request list, so that the only unknown entries are those whose request never arrived.
        Assert.All(unknown, entry => Assert.Empty(submits[PromptOf(entry.Key)]));
        Assert.All(unknown, entry => Assert.NotNull(entry.Reason));

        bool IsKept(FalLedgerEntry entry)
            => entry.State == FalLedgerState.Saved && submits[PromptOf(entry.Key)].SequenceEqual([entry.RequestId!])
                && entry.Files.Count > 0 && entry.Files.All(file => new FileInfo(Path.Combine(results, file)).Length > 0);
    }

    private static string KeyOf(int i) => i.ToString("d5", CultureInfo.InvariantCulture);

    private static string PromptOf(string key) => "film " + key;
}
