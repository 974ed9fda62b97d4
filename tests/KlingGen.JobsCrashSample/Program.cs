// Works on the batch "films" of a ledger until nothing is left to do. A test kills it at any moment and starts it again.
using Fal;
using Fal.Jobs;

using var client = new FalClient();
await using var ledger = await FalSqliteLedger.OpenAsync(args[0], create: false);
var runner = new FalJobRunner(client, ledger, new FalJobRunnerOptions
{
    Saver = new FalFolderSaver(args[1]),
    OnError = ex => Console.Error.WriteLine(ex),
});
var batch = await runner.RunUntilIdleAsync("films");
Console.WriteLine(batch);
return batch.State == FalBatchState.Running ? 0 : 1;
