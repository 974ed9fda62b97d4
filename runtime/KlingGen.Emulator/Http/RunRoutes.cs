using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Answers for the run host: the request waits for its result, and no queue is before it.</summary>
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

    /// <summary>The partial results, spread evenly over the run, and the result as the last event. A failure before any event is an ordinary answer.</summary>
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
        if (partials.Count > 0 || answer.StatusCode == 200) await SendAsync(context, answer.Body).ConfigureAwait(false);
        else await Answers.ResultAsync(context, job.RequestId, answer).ConfigureAwait(false);
    }

    private async Task<JobAnswer> EndAsync(HttpContext context, EmulatedJob job)
    {
        var end = await job.WaitForEndAsync(services.Time, context.RequestAborted).ConfigureAwait(false);
        return JobAnswer.Of(job, end.End, services.Results);
    }

    private static async Task SendAsync(HttpContext context, string json)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {json}\n\n"), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
