using System.Globalization;

namespace Fal;

internal sealed partial class JobTracker
{
    /// <summary>Waits until the job is over and fetches what came of it, once for all callers.</summary>
    public Task<JobOutcome> FetchAsync(FalWaitOptions options, CancellationToken cancellationToken) =>
        _fetching.JoinAsync(stop => FetchNowAsync(options, stop), cancellationToken);

    /// <summary>Asks fal to stop the job. The status alone counts: the body has had several shapes.</summary>
    public async Task<FalCancelOutcome> CancelAsync(CancellationToken cancellationToken)
    {
        using var response = await Transport.SendToFalAsync(FalHost.Queue, Address.Cancel, HttpMethod.Put, null, FalCallKind.Cancel, null, cancellationToken).ConfigureAwait(false);
        return (int)response.StatusCode switch
        {
            200 => FalCancelOutcome.Cancelled,
            > 200 and < 300 => FalCancelOutcome.Requested,
            400 => FalCancelOutcome.AlreadyCompleted,
            404 => FalCancelOutcome.NotFound,
            _ => throw await FalErrors.OfAsync(Transport, response, Address.Endpoint.ToString(), Address.RequestId, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<JobOutcome> FetchNowAsync(FalWaitOptions options, CancellationToken stop)
    {
        await TrackAsync(options, logs: false, stop).ConfigureAwait(false);
        var polling = options.Polling ?? Client.Options.Polling;
        var faults = 0;
        var faultySince = 0L;
        while (true)
        {
            FalException fault;
            TimeSpan? asked = null;
            try
            {
                using var response = await Transport.SendToFalAsync(FalHost.Queue, Address.Result, HttpMethod.Get, null, FalCallKind.Result, null, stop).ConfigureAwait(false);
                var body = await BodyOfAsync(response, stop).ConfigureAwait(false);
                if (OutcomeOf(response, body) is { } outcome) return outcome;
                fault = FalErrors.Of(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
                asked = RetryAfter.Of(response.Headers, Time.GetUtcNow(), Client.Options.Retry.MaxRetryAfter);
            }
            catch (FalUnavailableException unavailable)
            {
                fault = unavailable;
            }
            if (faults++ == 0) faultySince = Time.GetTimestamp();
            if (Time.GetElapsedTime(faultySince) > polling.GiveUpAfter) throw fault;
            await PauseAsync(PollSchedule.PauseAfterFault(polling, TimeSpan.Zero, faults, asked, Draw()), stop).ConfigureAwait(false);
        }
    }

    /// <summary>What the answer to the result call means; null if it means nothing yet.</summary>
    private JobOutcome? OutcomeOf(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300 and not 202) return new JobOutcome(body, UnitsOf(response), null);
        // A status that ran ahead of the result, a limit, and a page in front of fal all pass; what fal or the model signed does not.
        if (status is 202 or 408 or 425 or 429 || (status == 400 && SaysInProgress(body.Span)) || (status >= 500 && !IsAnswer(response, body.Span))) return null;
        var error = FalErrors.OfResult(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
        // A key can be changed, a record may turn up, an address can be set right: none of these is the end of the job.
        if (status is 401 or 403 or 404 or < 400) throw error;
        if (error is FalJobFailedException failed) failed.Logs = Latest?.Logs ?? [];
        return new JobOutcome(body, UnitsOf(response), error);
    }

    private bool IsAnswer(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        Latest is { IsFailed: true }
        || response.Headers.NonValidated.Contains("x-fal-request-id")
        || response.Headers.NonValidated.Contains("X-Fal-Error-Type")
        || (body.TrimStart(" \t\r\n"u8).StartsWith("{"u8) && body.IndexOf("\"detail\""u8) >= 0);

    private static bool SaysInProgress(ReadOnlySpan<byte> body) => body.IndexOf("in progress"u8) >= 0;

    private static decimal? UnitsOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("X-Fal-Billable-Units", out var values)
        && values.ToString() is { Length: <= 64 } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var units)
        && units >= 0 ? units : null;
}

/// <summary>How a job ended: with JSON, or with an error.</summary>
/// <param name="Body">The answer, byte for byte.</param>
/// <param name="BillableUnits">What it cost in the endpoint's units, if fal said so.</param>
/// <param name="Error">Null for a success.</param>
internal sealed record JobOutcome(ReadOnlyMemory<byte> Body, decimal? BillableUnits, FalException? Error);
