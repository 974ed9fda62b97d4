using System.CommandLine;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Pauses a batch.</summary>
internal sealed class BatchPauseCommand(ToolConsole console) : BatchStateCommand(
    console,
    "pause",
    "Submits nothing more of a batch until it is resumed. Jobs that run at fal are followed and saved.",
    ("klinggen batch pause jobs.jsonl --reason 'until Monday'", "from any process"))
{
    protected override FalBatch Change(FalBatch batch, string? reason)
        => batch.Pause(FalPauseKind.Person, reason ?? "paused with klinggen batch pause");
}

/// <summary>Resumes a batch.</summary>
internal sealed class BatchResumeCommand(ToolConsole console) : BatchStateCommand(
    console,
    "resume",
    "Lets a paused or stopped batch go on. Its cancelled jobs stay cancelled.",
    ("klinggen batch resume jobs.jsonl", "then 'klinggen batch run jobs.jsonl' goes on"))
{
    protected override FalBatch Change(FalBatch batch, string? reason) => batch.Resume();
}

/// <summary>Stops a batch.</summary>
internal sealed class BatchStopCommand(ToolConsole console) : BatchStateCommand(
    console,
    "stop",
    "Stops a batch: jobs that were not submitted are cancelled. Jobs that run at fal are followed and saved.",
    ("klinggen batch stop jobs.jsonl --reason 'wrong prompts'", "'batch retry --state cancelled' takes it back"))
{
    protected override FalBatch Change(FalBatch batch, string? reason) => batch.Stop(reason ?? "stopped with klinggen batch stop");
}

/// <summary>A command that changes the state of a batch.</summary>
internal abstract class BatchStateCommand : LedgerCommand
{
    private readonly Option<string?> _reason = new("--reason") { Description = "The reason, which is shown with the batch." };

    protected BatchStateCommand(ToolConsole console, string name, string description, params (string Line, string Purpose)[] examples)
        : base(console, name, description, examples)
        => Add(_reason);

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        batch = await ledger.UpdateBatchAsync(batch.Name, found => Change(found, arguments.GetValue(_reason)), cancellation).ConfigureAwait(false);
        var counts = await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false);
        Console.Out.WriteLine($"{Visible.Text(batch.Name)}: {Visible.Text(BatchText.Summary(batch, counts))}");
        return ExitCode.Success;
    }

    protected abstract FalBatch Change(FalBatch batch, string? reason);
}
