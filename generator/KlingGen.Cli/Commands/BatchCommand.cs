using System.CommandLine;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>The commands about batches of jobs.</summary>
internal sealed class BatchCommand : Command
{
    public BatchCommand(ToolConsole console)
        : base("batch", "Runs jobs from a file, none lost and none paid twice, and shows and controls them.")
    {
        Add(new BatchRunCommand(console));
        Add(new BatchListCommand(console));
        Add(new BatchShowCommand(console));
        Add(new BatchRetryCommand(console));
        Add(new BatchResolveCommand(console));
        Add(new BatchPauseCommand(console));
        Add(new BatchResumeCommand(console));
        Add(new BatchStopCommand(console));
        Add(new BatchExportCommand(console));
        Add(new BatchPurgeCommand(console));
    }
}
