using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Routes of the queue.</summary>
internal sealed class QueueRoutes(EmulatorServices services, RequestIntake intake)
{
    public Task HandleAsync(HttpContext context, Call call) => call.Operation switch
    {
        FalOperation.Submit => SubmitAsync(context, call.Endpoint!),
        FalOperation.None => Answers.NotFoundAsync(context),
        _ => AboutJobAsync(context, call),
    };

    private async Task SubmitAsync(HttpContext context, FalEndpointId endpoint)
    {
        var job = await intake.TakeAsync(context, endpoint, direct: false).ConfigureAwait(false);
        if (job is null) return;
        var now = services.Time.GetUtcNow();
        var moment = job.At(now);
        if (int.TryParse(context.Request.Query["fal_max_queue_length"], NumberStyles.None, CultureInfo.InvariantCulture, out var longest)
            && Math.Max(services.Jobs.Waiting(endpoint, now), moment.QueuePosition ?? 0) > longest)
        {
            // No job was created, so there is no request id.
            RequestRecorder.GetRequest(context).RequestId = null;
            context.Response.Headers.Remove("x-fal-request-id");
            await Answers.ErrorAsync(context, 429, $"The queue is longer than {longest} requests.").ConfigureAwait(false);
            return;
        }
        services.Jobs.Add(job);
        if (job.Webhook is not null) _ = ReportAsync(job);
        // The response to a submit is always IN_QUEUE, even if the script completes the job at once.
        var queued = new JobMoment(FalJobState.InQueue, moment.QueuePosition ?? 0, [], JobEndState.None, null);
        var body = StatusBody.Create(job, queued, services.Addresses.Queue, null, null);
        await Answers.JsonAsync(context, 200, body.ToJsonString(WireJson.Options)).ConfigureAwait(false);
    }

    private async Task AboutJobAsync(HttpContext context, Call call)
    {
        if (!await KeyCheck.PassesAsync(context, services).ConfigureAwait(false)) return;
        if (services.Jobs.Find(call.Endpoint!.App, call.RequestId!) is not { } job)
        {
            await Answers.JsonAsync(context, 404, """{"status":"NOT_FOUND"}""").ConfigureAwait(false);
            return;
        }
        await (call.Operation switch
        {
            FalOperation.Status => StatusAsync(context, job),
            FalOperation.StatusStream => StatusStream.WriteAsync(context, job, services, WantsLogs(context.Request)),
            FalOperation.Result => ResultAsync(context, job),
            _ => CancelAsync(context, job),
        }).ConfigureAwait(false);
    }

    private Task StatusAsync(HttpContext context, EmulatedJob job)
    {
        var moment = job.At(services.Time.GetUtcNow());
        var answer = moment.IsOver ? JobAnswer.ForJob(job, moment.End, services.Results) : null;
        var body = StatusBody.Create(job, moment, services.Addresses.Queue, WantsLogs(context.Request) ? moment.Logs : [], answer);
        return Answers.JsonAsync(context, moment.IsOver ? 200 : 202, body.ToJsonString(WireJson.Options));
    }

    private Task ResultAsync(HttpContext context, EmulatedJob job)
    {
        var moment = job.At(services.Time.GetUtcNow());
        return moment.IsOver
            ? Answers.ResultAsync(context, job.RequestId, JobAnswer.ForJob(job, moment.End, services.Results))
            : Answers.ErrorAsync(context, 400, "Request is still in progress");
    }

    private Task CancelAsync(HttpContext context, EmulatedJob job)
    {
        var before = job.Cancel(services.Time.GetUtcNow());
        var (code, word) = before.State == FalJobState.Completed ? (400, "ALREADY_COMPLETED")
            : before.State == FalJobState.InQueue ? (200, "OK")
            : (202, "CANCELLATION_REQUESTED");
        return Answers.JsonAsync(context, code, $$"""{"status":"{{word}}"}""");
    }

    private async Task ReportAsync(EmulatedJob job)
    {
        try
        {
            var end = await job.WaitForEndAsync(services.Time, services.Stopping).ConfigureAwait(false);
            await services.Reporter.ReportAsync(job, end, services.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The emulator has stopped, so the delivery is abandoned.
        }
    }

    private static bool WantsLogs(HttpRequest request) => request.Query["logs"].ToString() is "1" or "true" or "True";
}
