// BatchApp <folder> <budget in USD>: a video for each *.txt of the folder. Started again after a stop or a crash, it goes on without paying twice.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fal;
using Fal.Jobs;
using Fal.KlingVideo;

if (args is not [var folder, var limit] || !decimal.TryParse(limit, CultureInfo.InvariantCulture, out var budget))
{
    Console.Error.WriteLine("usage: BatchApp <folder> <budget in USD>");
    return 2;
}
// A stop lets a submit under way end, so that its job is known.
using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

using var fal = new FalClient();
await using var ledger = await FalSqliteLedger.OpenAsync(Path.Combine(folder, "films.db"), cancellationToken: stop.Token);
await ledger.AddBatchAsync("films", new FalJobPolicy { Window = 8, Budget = budget }, stop.Token);

// The key is the name of the file: a file that the ledger has already is not added again.
var endpoint = fal.KlingVideo().V3.Pro.TextToVideo;
var entries = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(file =>
{
    var request = new TextToVideoV3ProRequest { Prompt = File.ReadAllText(file).Trim() };
    return new FalNewEntry("films", Path.GetFileNameWithoutExtension(file), endpoint.EndpointId, JsonSerializer.SerializeToElement(request));
});
await ledger.AddAsync([.. entries], stop.Token);

var runner = new FalJobRunner(fal, ledger, new FalJobRunnerOptions { Saver = new FalFolderSaver(folder) });
var batch = await runner.RunUntilIdleAsync("films", stop.Token);

var counts = await ledger.CountAsync("films");
Console.WriteLine($"{counts[FalLedgerState.Saved]} of {counts.Total} saved, {counts.InFlight} in flight. {batch.Reason}");
foreach (var entry in await ledger.ListAsync(new FalLedgerQuery { Batch = "films", States = [FalLedgerState.Failed, FalLedgerState.Unknown] }))
{
    Console.WriteLine($"{entry.Key}: {entry.Reason}");
}
return counts[FalLedgerState.Saved] == counts.Total ? 0 : 1;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
