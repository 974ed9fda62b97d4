// One of several machines that share a batch. Keys and addresses are in the environment.
using Fal;
using Fal.Jobs;

var (connectionString, folder) = (args[0], args[1]);
Console.WriteLine(Environment.ProcessId);
using var client = new FalClient();
await using var ledger = FalPostgreSqlLedger.FromConnectionString(connectionString);
var runner = new FalJobRunner(client, ledger, new FalJobRunnerOptions
{
    Saver = new FalFolderSaver(folder),
    PollInterval = TimeSpan.FromMilliseconds(200),
    OnError = ex => Console.Error.WriteLine(ex.Message),
});
Console.Error.WriteLine(await runner.RunUntilIdleAsync("films"));
