using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Prints the state of a job once.</summary>
internal sealed class StatusCommand(ToolConsole console) : JobCommand(
    console,
    "status",
    "Says where a job stands, as JSON.",
    ("klinggen status TOKEN", "by its token"),
    ("klinggen status fal-ai/kling-video/v1/tts REQUEST-ID", "by its endpoint and request id"))
{
    protected override async Task<int> RunAsync(FalJob<FalRawResult> job, CancellationToken cancellation)
    {
        var status = await job.GetStatusAsync(cancellationToken: cancellation).ConfigureAwait(false);
        return Print(new JsonObject
        {
            ["request_id"] = job.RequestId,
            ["endpoint_id"] = job.EndpointId,
            ["status"] = status.State.Word,
            ["queue_position"] = status.QueuePosition,
            ["inference_seconds"] = status.InferenceTime?.TotalSeconds,
            ["error"] = status.Error,
        });
    }
}
