using Fal.Jobs;
using Fal.Jobs.Orleans;

namespace Orleans;

/// <summary>Reaches the grains of fal jobs, from a silo or from a client of the cluster.</summary>
public static class FalJobsGrainFactoryExtensions
{
    /// <summary>
    /// Records the job that a verified webhook names, in the grain of its entry. An entry whose outcome was unknown has its job again, and a
    /// running job is polled at once. A webhook of an earlier submit changes nothing.
    /// </summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="submitId">The id from the signed URL: <see cref="FalLedgerEntry.SubmitId"/>.</param>
    /// <param name="requestId">The request id of the webhook.</param>
    /// <returns>Whether the entry has this job now.</returns>
    /// <example><code>
    /// app.MapFalWebhook("/hooks/jobs", (call, _) => grains.RecordFalWebhookAsync(call.LedgerId!, call.RequestId)).WithName("jobs");
    /// </code></example>
    public static Task<bool> RecordFalWebhookAsync(this IGrainFactory grains, string submitId, string requestId)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        return grains.GetGrain<IJobGrain>(FalLedgerEntry.ParseSubmitId(submitId)).RecordWebhookAsync(submitId, requestId);
    }
}
