namespace Fal;

internal sealed partial class JobTracker
{
    /// <summary>
    /// Pauses before a result is requested again after a 5xx that the endpoint signed, if the status reports no failure: such
    /// an answer is often from a gateway that could not fetch the result in time, and a later request succeeds.
    /// </summary>
    private static readonly TimeSpan[] SignedFailurePauses = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(15)];

    /// <summary>Fetches the outcome of a job that has ended, once for all callers.</summary>
    public Task<JobOutcome> FetchAsync(FalWaitOptions options, CancellationToken cancellationToken)
        => _fetching.JoinAsync(stop => FetchNowAsync(options, stop), Transport.Closing, cancellationToken);

    /// <summary>Asks fal to stop the job. Only the HTTP status counts: the body has had several formats.</summary>
    public async Task<FalCancelOutcome> CancelAsync(CancellationToken cancellationToken)
    {
        using var response = await Transport.SendToFalAsync(
            FalHost.Queue, Address.Cancel, HttpMethod.Put, null, FalCallKind.Cancel, null, Address.Trace, cancellationToken).ConfigureAwait(false);
        return (int)response.StatusCode switch
        {
            200 => FalCancelOutcome.Cancelled,
            > 200 and < 300 => FalCancelOutcome.Requested,
            400 => FalCancelOutcome.AlreadyCompleted,
            404 => FalCancelOutcome.NotFound,
            _ => throw FalErrors.FromResponse(
                Transport, response, BufferedContent.GetBody(response).Span, Address.Endpoint.ToString(), Address.RequestId),
        };
    }

    private async Task<JobOutcome> FetchNowAsync(FalWaitOptions options, CancellationToken stop)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var polling = options.Polling ?? Services.Options.Polling;
        var faults = new FaultStreak(polling, Time);
        var signedFailures = 0;
        while (true)
        {
            FalException fault;
            TimeSpan? asked = null;
            try
            {
                using var response = await Transport.SendToFalAsync(
                    FalHost.Queue, Address.Result, HttpMethod.Get, null, FalCallKind.Result, null, Address.Trace, stop).ConfigureAwait(false);
                var body = BufferedContent.GetBody(response);
                if (OutcomeOf(response, body) is { } outcome)
                {
                    if (!MayBeGateway(response) || signedFailures == SignedFailurePauses.Length)
                    {
                        Telemetry.Fetched(outcome);
                        return outcome;
                    }
                    await PauseAsync(SignedFailurePauses[signedFailures++], stop).ConfigureAwait(false);
                    continue;
                }
                fault = FalErrors.FromResponse(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
                asked = RetryAfter.FromHeaders(response.Headers, Time.GetUtcNow(), Services.Options.Retry.MaxRetryAfter);
            }
            catch (FalUnavailableException ex)
            {
                fault = ex;
            }
            faults.Add(fault);
            await PauseAsync(PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, faults.Count, asked, Draw()), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Maps the answer of the result call to an outcome; null if the outcome is not known yet.</summary>
    private JobOutcome? OutcomeOf(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var status = (int)response.StatusCode;
        var units = FalErrors.BillableUnitsOf(response);
        var kind = HttpStatus.Classify(status);
        if (kind == StatusClass.Final && response.IsSuccessStatusCode) return new JobOutcome(body, units, null);
        // Retry if the status was ahead of the result, for a limit, and for a page in front of fal; not for an answer signed
        // by fal or the model.
        if (kind is StatusClass.StillRunning or StatusClass.Throttled || (status == 400 && SaysInProgress(body.Span))) return null;
        if (kind == StatusClass.Transient && (status < 500 || !IsAnswer(response, body.Span))) return null;
        var error = FalErrors.FromResultResponse(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
        // These errors do not end the job: a key can be changed, a record may appear, a URL can be corrected.
        if (status is 401 or 403 or 404 or < 400) throw error;
        if (error is FalJobFailedException failed) failed.Logs = Latest?.Logs ?? [];
        return new JobOutcome(body, units, error);
    }

    /// <summary>Whether an answer that looks like the job's failure contradicts its status, which is final without an error.</summary>
    private bool MayBeGateway(HttpResponseMessage response) => (int)response.StatusCode >= 500 && Latest is { IsFailed: false };

    private bool IsAnswer(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        Latest is { IsFailed: true }
        || RetryPolicy.IsSignedByFal(response)
        || (body.TrimStart(" \t\r\n"u8).StartsWith("{"u8) && body.IndexOf("\"detail\""u8) >= 0);

    private static bool SaysInProgress(ReadOnlySpan<byte> body) => body.IndexOf("in progress"u8) >= 0;
}

/// <summary>The outcome of a job: JSON or an error.</summary>
/// <param name="Body">The unchanged answer.</param>
/// <param name="BillableUnits">What it cost in the endpoint's units; null if fal's answer has no cost.</param>
/// <param name="Error">Null for a success.</param>
internal sealed record JobOutcome(ReadOnlyMemory<byte> Body, decimal? BillableUnits, FalException? Error);
