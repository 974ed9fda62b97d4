using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Answers for the run host: the request waits for its result.</summary>
internal sealed class RunRoutes(EmulatorParts parts, RequestIntake intake)
{
    public Task HandleAsync(HttpContext context, Call call) => call.Operation switch
    {
        FalOperation.Run => RunAsync(context, call.Endpoint!),
        FalOperation.RunStream => StreamAsync(context, call.Endpoint!),
        _ => Answers.NotFoundAsync(context),
    };

    private async Task RunAsync(HttpContext context, FalEndpointId endpoint)
    {
        if (await intake.TakeAsync(context, endpoint, refuseAtOnce: true).ConfigureAwait(false) is not { } job) return;
        var end = await job.WaitForEndAsync(parts.Time, context.RequestAborted).ConfigureAwait(false);
        await Answers.ResultAsync(context, job.RequestId, JobAnswer.Of(job, end.End, parts.Results)).ConfigureAwait(false);
    }

    /// <summary>One event for each log line, and the result as the last.</summary>
    private async Task StreamAsync(HttpContext context, FalEndpointId endpoint)
    {
        if (await intake.TakeAsync(context, endpoint, refuseAtOnce: true).ConfigureAwait(false) is not { } job) return;
        var end = await job.WaitForEndAsync(parts.Time, context.RequestAborted).ConfigureAwait(false);
        var answer = JobAnswer.Of(job, end.End, parts.Results);
        if (answer.StatusCode != 200)
        {
            await Answers.ResultAsync(context, job.RequestId, answer).ConfigureAwait(false);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {answer.Body}\n\n"), context.RequestAborted).ConfigureAwait(false);
    }
}
