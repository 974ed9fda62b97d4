using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Routes of the run host: the call waits for its result, without a queue.</summary>
internal sealed class RunRoutes(EmulatorServices services, RequestIntake intake)
{
    public Task HandleAsync(HttpContext context, Call call) => call.Operation switch
    {
        FalOperation.Run => RunAsync(context, call.Endpoint!),
        FalOperation.RunStream => StreamAsync(context, call.Endpoint!),
        _ => Answers.NotFoundAsync(context),
    };

    private async Task RunAsync(HttpContext context, FalEndpointId endpoint)
    {
        if (await intake.TakeAsync(context, endpoint, direct: true).ConfigureAwait(false) is not { } job) return;
        await Answers.ResultAsync(context, job.RequestId, await EndAsync(context, job).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>
    /// Streams the partial results, spread evenly over the run, and then the result as the last event. A failure before any
    /// event is a normal error response.
    /// </summary>
    private async Task StreamAsync(HttpContext context, FalEndpointId endpoint)
    {
        if (await intake.TakeAsync(context, endpoint, direct: true).ConfigureAwait(false) is not { } job) return;
        var partials = job.Run.Partials;
        var step = job.Run.Duration == Timeout.InfiniteTimeSpan ? job.Run.Duration : job.Run.Duration / (partials.Count + 1);
        foreach (var partial in partials)
        {
            await Task.Delay(step, services.Time, context.RequestAborted).ConfigureAwait(false);
            await SendAsync(context, partial).ConfigureAwait(false);
        }
        var answer = await EndAsync(context, job).ConfigureAwait(false);
        if (endpoint.Namespace == "workflows") await SendAsync(context, LastEvent(answer)).ConfigureAwait(false);
        else if (partials.Count > 0 || answer.StatusCode == 200) await SendAsync(context, answer.Body).ConfigureAwait(false);
        else await Answers.ResultAsync(context, job.RequestId, answer).ConfigureAwait(false);
    }

    /// <summary>Creates the last event of a workflow: its output or an error.</summary>
    private static string LastEvent(JobAnswer answer)
    {
        var body = WireJson.ParseOrText(answer.Body);
        var last = answer.StatusCode == 200
            ? new JsonObject { ["type"] = "output", ["output"] = body }
            : new JsonObject
            {
                ["type"] = "error",
                ["node_id"] = "node-1",
                ["message"] = "The node failed",
                ["error"] = new JsonObject { ["status"] = answer.StatusCode, ["body"] = body },
            };
        return last.ToJsonString(WireJson.Options);
    }

    private async Task<JobAnswer> EndAsync(HttpContext context, EmulatedJob job)
    {
        var end = await job.WaitForEndAsync(services.Time, context.RequestAborted).ConfigureAwait(false);
        return JobAnswer.ForJob(job, end.End, services.Results);
    }

    private static async Task SendAsync(HttpContext context, string json)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "text/event-stream";
        // A script may set JSON with line breaks; each line is a data field of the event.
        var data = json.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\ndata: ", StringComparison.Ordinal);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
