namespace Fal;

internal sealed partial class JobTracker
{
    /// <summary>How long after a submit a 404 can mean that the queue does not know the job yet.</summary>
    private static readonly TimeSpan NotFoundGrace = TimeSpan.FromSeconds(10);

    private async Task<FalJobStatus> TrackAsync(FalWaitOptions options, CancellationToken stop)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var polling = options.Polling ?? Services.Options.Polling;
        // Right after a submit the answer is known.
        if (Latest is not null && Waited < polling.Shortest)
            await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        if (options.StatusStream == true && await FollowAsync(polling, stop).ConfigureAwait(false) is { } last) return last;

        FaultStreak? faults = null;
        while (true)
        {
            // The pause leaves its registration with the token to the poll: otherwise each waiting job has two.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var fault = await PollAsync(stop).ConfigureAwait(false);
            if (End is { } end) return end;
            if (fault is null)
            {
                faults = null;
                await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
                continue;
            }
            Telemetry.PollFailed(fault);
            (faults ??= new FaultStreak(polling, Time)).Add(fault);
            var asked = (fault as FalRateLimitException)?.RetryAfter;
            if (asked > Services.Options.Retry.MaxRetryAfter) asked = Services.Options.Retry.MaxRetryAfter;
            await PauseAsync(PollSchedule.PauseAfterFault(polling, Waited, faults.Count, asked, Draw()), stop).ConfigureAwait(false);
        }
    }

    /// <summary>One poll. Returns a fault that may pass, and throws one that will not; null after a status.</summary>
    private async Task<FalException?> PollAsync(CancellationToken stop)
    {
        var logs = _wantsLogs && !_logsTooLong;
        try
        {
            // A source or a registration for the token would double the memory of the wait. A slot that comes late passes on at once.
            await Transport.WaitForPollSlotAsync(CancellationToken.None).ConfigureAwait(false);
            using var response = await SendStatusAsync(logs, stop).ConfigureAwait(false);
            var body = BufferedContent.GetBody(response);
            if (!response.IsSuccessStatusCode)
            {
                var error = FalErrors.FromResponse(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
                return MayPass((int)response.StatusCode) ? error : throw error;
            }
            if (!StatusReader.TryRead(body.Span, out var reading)) return NotAStatus(body);
            // A caller that joined during this request needs lines that its answer does not contain.
            if (reading.State.IsFinal && _wantsLogs && !logs && !_logsTooLong) return await PollAsync(stop).ConfigureAwait(false);
            Apply(reading, logs, newLinesOnly: false);
            return null;
        }
        catch (FalUnavailableException ex)
        {
            return ex;
        }
        catch (FalResponseTooLargeException) when (logs)
        {
            // A paid job must not be lost over its log.
            _logsTooLong = true;
            return await PollAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<FalJobStatus> GetStatusAsync(bool logs, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_news.Status is { IsFinal: true } over && (_hasLogs || !logs)) return over;
        }
        while (true)
        {
            await Transport.WaitForPollSlotAsync(cancellationToken).ConfigureAwait(false);
            using var response = await SendStatusAsync(logs, cancellationToken).ConfigureAwait(false);
            var body = BufferedContent.GetBody(response);
            if (response.IsSuccessStatusCode)
            {
                return StatusReader.TryRead(body.Span, out var reading) ? Apply(reading, logs, newLinesOnly: false) : throw NotAStatus(body);
            }
            var isEarly = IsNotFoundYet((int)response.StatusCode);
            if (!isEarly) throw FalErrors.FromResponse(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
            await Transport.DelayAsync(PollSchedule.Pause(Services.Options.Polling, Waited, Draw()), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<HttpResponseMessage> SendStatusAsync(bool logs, CancellationToken cancellationToken)
    {
        Telemetry.CountPoll();
        var path = logs ? Address.Status + "?logs=1" : Address.Status;
        return Transport.SendToFalAsync(
            FalHost.Queue, path, HttpMethod.Get, null, FalCallKind.Read, null, Address.Trace, cancellationToken, hasPollSlot: true);
    }

    // Every waiting job is in one of these pauses. The token ends with the client, so the pause needs no source of its own.
    private Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, Time, stop);

    private bool MayPass(int status) => HttpStatus.MayPass(status) || IsNotFoundYet(status);

    private bool IsNotFoundYet(int status) => status == 404 && age is not null && Waited < NotFoundGrace;

    private FalProtocolException NotAStatus(ReadOnlyMemory<byte> body) => new("fal's answer about the job is not a status.")
    {
        EndpointId = Address.Endpoint.ToString(),
        RequestId = Address.RequestId,
        RawJson = Transport.Redact(new Wire.FalRawJson(body)),
    };

    private static double Draw() => Random.Shared.NextDouble();
}
