using System.Diagnostics;
using System.Text.Json;

namespace Fal.Jobs;

/// <summary>The actions on entries, done with a client.</summary>
internal sealed class ClientEffects(FalClient client, IFalLedger ledger, FalJobRunnerOptions options) : IJobEffects
{
    private static readonly TimeSpan SubmitDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollDeadline = TimeSpan.FromMinutes(5);

    /// <summary>With what the last submit of this object failed; null if it did not.</summary>
    public Exception? SubmitError { get; private set; }

    public FalEntryClaimed Describe(FalLedgerEntry entry)
    {
        const string UploadedLater = "https://uploaded.invalid/";
        try
        {
            var body = WireBody.Make(entry.Input, entry.Media, _ => UploadedLater);
            var estimate = client.Endpoint(entry.EndpointId).EstimateCost(WireBody.Read(body));
            return new FalEntryClaimed(estimate.Maximum, estimate.Reason);
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException or InvalidOperationException)
        {
            // The next step finds the same, and fails the entry.
            return new FalEntryClaimed(null, ex.Message);
        }
    }

    public Task<FalJobFact> MakeBodyAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        => GuardAsync(FalJobError.FromException, async () =>
        {
            var media = await MediaUploads.RunAsync(client.Files, entry.Media, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return new FalBodyMade(media, WireBody.Make(entry.Input, media, file => file.Url!));
        }, cancellationToken);

    public async Task<FalJobFact> SubmitAsync(FalLedgerEntry entry)
    {
        using var span = new EntrySpan(entry);
        var isPrepared = false;
        try
        {
            var submit = (options.SubmitOptions?.Invoke(entry) ?? new FalSubmitOptions()) with { Deadline = SubmitDeadline };
            if (options.WebhookUrl?.Invoke(entry) is { } webhook) submit = submit with { Webhook = webhook };
            isPrepared = true;
            var job = await client.Endpoint(entry.EndpointId).SubmitAsync(WireBody.Read(entry.WireBody!), submit).ConfigureAwait(false);
            return new FalJobFound(job.ToToken());
        }
        catch (FalException ex) when (TokenOf(entry, ex) is { } token)
        {
            return new FalJobFound(token);
        }
        catch (Exception ex)
        {
            SubmitError = ex;
            var error = FalJobError.FromException(ex);
            // Nothing was sent: the client checks arguments, its own disposal and the deadline first, and what fails later is an unknown outcome.
            var isUnsent = !isPrepared || ex is ArgumentException or ObjectDisposedException or FalTimeoutException { RequestId: null };
            return new FalStepFailed(isUnsent ? error with { IsUncharged = true } : error);
        }
    }

    public Task<FalJobFact> PollAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        => GuardAsync(FalJobError.FromJob, async () =>
        {
            // A token of the request list or of a webhook has no trace context: the span of the job then belongs to the trace of the entry.
            using var span = entry.Token!.TraceParent is null ? new EntrySpan(entry) : default;
            var job = client.Endpoint(entry.EndpointId).Resume(entry.Token!);
            try
            {
                var result = await job.TryGetResultAsync(new FalWaitOptions { Deadline = PollDeadline }, cancellationToken).ConfigureAwait(false);
                if (result is null) return new FalJobRunning();
                var cost = result.Call is { } call ? await CostOfAsync(call, cancellationToken).ConfigureAwait(false) : null;
                return new FalJobSucceeded(FalJson.Write(result), cost);
            }
            catch (FalException ex) when (ex.BillableUnits is { } units)
            {
                var call = new FalCallInfo { EndpointId = entry.EndpointId, RequestId = entry.RequestId, BillableUnits = units };
                var cost = await CostOfAsync(call, cancellationToken).ConfigureAwait(false);
                return new FalStepFailed(FalJobError.FromJob(ex) with { Cost = cost });
            }
        }, cancellationToken);

    public async Task<FalJobFact?> SaveAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
    {
        var call = new FalSaveCall(client, entry, options.TimeProvider);
        var fact = await GuardAsync(FalJobError.FromException, async () =>
            new FalFilesSaved(await options.Saver.SaveAsync(call, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        return call.IsStored && fact is FalFilesSaved ? null : fact;
    }

    public Task<FalJobFact> SearchAsync(FalLedgerEntry entry, CancellationToken cancellationToken)
        => GuardAsync(FalJobError.FromException, async () =>
        {
            using var body = JsonDocument.Parse(entry.WireBody!);
            var search = await client.Platform.FindJobsAsync(entry.EndpointId, body.RootElement, entry.IntentAt ?? entry.AddedAt, cancellationToken)
                .ConfigureAwait(false);
            foreach (var token in search.Candidates)
            {
                if (entry.FormerRequestIds.Contains(token.RequestId)) continue;
                if (await ledger.FindByRequestIdAsync(token.RequestId, cancellationToken).ConfigureAwait(false) is null)
                    return new FalJobFound(token);
            }
            return new FalJobNotFound(
                search.Candidates.Count == 0 ? $"The request list has {search}" : "Every job of the request list has its entry");
        }, cancellationToken);

    /// <summary>The end of a job as its webhook has it; null if the queue must be asked. A webhook names no cost: it is estimated.</summary>
    public FalJobSucceeded? Read(FalWebhook webhook)
    {
        // A failure has its cost in the answer of the queue alone, and an output may be missing.
        if (!webhook.IsOk || webhook.Payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        return new FalJobSucceeded(FalJson.Write(webhook.ReadPayload<FalRawResult>(client)), Cost: null);
    }

    private async Task<decimal?> CostOfAsync(FalCallInfo call, CancellationToken cancellationToken)
    {
        var cost = await client.Platform.GetCostAsync(call, cancellationToken).ConfigureAwait(false);
        return cost.Amount;
    }

    // An error answer carries an id of its own, for which there may be no job: the entry becomes unknown, and the request list is searched.
    private FalJobToken? TokenOf(FalLedgerEntry entry, FalException exception)
        => exception is FalOutcomeUnknownException or FalTimeoutException && exception is { RequestId: { } id, StatusCode: null or < 400 }
            ? exception.Token ?? client.Endpoint(entry.EndpointId).Resume(id).ToToken() : null;

    private static async Task<FalJobFact> GuardAsync(
        Func<Exception, FalJobError> toError, Func<Task<FalJobFact>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new FalStepFailed(toError(ex));
        }
    }
}
