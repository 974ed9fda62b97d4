using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Asks fal to stop a job.</summary>
internal sealed class CancelCommand(ToolConsole console) : JobCommand(
    console,
    "cancel",
    "Asks fal to stop a job. A job that has ended is no error.",
    ("klinggen cancel TOKEN", "by its token"),
    ("klinggen cancel fal-ai/kling-video/v1/tts REQUEST-ID", "by its endpoint and request id"))
{
    protected override async Task<int> RunAsync(FalJob<FalRawResult> job, CancellationToken cancellation)
    {
        var outcome = await job.CancelAsync(cancellation).ConfigureAwait(false);
        Print(new JsonObject { ["request_id"] = job.RequestId, ["outcome"] = Word(outcome) });
        return outcome == FalCancelOutcome.NotFound ? ExitCode.ProblemsFound : ExitCode.Success;
    }

    private static string Word(FalCancelOutcome outcome) => outcome switch
    {
        FalCancelOutcome.Cancelled => "cancelled",
        FalCancelOutcome.Requested => "requested",
        FalCancelOutcome.AlreadyCompleted => "already_completed",
        _ => "not_found",
    };
}
