using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>The status stream of a job: one event for each change, with the new log lines.</summary>
internal static class StatusStream
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(15);

    public static async Task WriteAsync(HttpContext context, EmulatedJob job, EmulatorServices services, bool withLogs)
    {
        var ct = context.RequestAborted;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        var told = 0;
        var moment = job.At(services.Time.GetUtcNow());
        while (true)
        {
            var answer = moment.IsOver ? JobAnswer.ForJob(job, moment.End, services.Results) : null;
            var body = StatusBody.Create(job, moment, services.Addresses.Queue, withLogs ? moment.Logs.Skip(told) : [], answer);
            told = moment.Logs.Count;
            await SendAsync(context, $"data: {body.ToJsonString(WireJson.Options)}\n\n").ConfigureAwait(false);
            if (moment.IsOver) return;
            moment = await NextAsync(context, job, moment, services.Time, ct).ConfigureAwait(false);
        }
    }

    // A periodic comment keeps the connection alive, as at fal.
    private static async Task<JobMoment> NextAsync(HttpContext context, EmulatedJob job, JobMoment seen, TimeProvider time, CancellationToken ct)
    {
        var change = job.WaitForChangeAsync(seen, time, ct);
        while (true)
        {
            try
            {
                return await change.WaitAsync(QuietTime, time, ct).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await SendAsync(context, ": ping\n\n").ConfigureAwait(false);
            }
        }
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
