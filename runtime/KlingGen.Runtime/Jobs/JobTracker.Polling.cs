using System.Net.Http.Headers;

namespace Fal;

internal sealed partial class JobTracker
{
    private const int MostBarrenStreams = 2;

    private async Task<bool> TrackAsync(FalWaitOptions options, CancellationToken stop)
    {
        var polling = options.Polling ?? Client.Options.Polling;
        // Right after a submit the answer is known.
        if (Latest is not null && Waited < polling.Shortest) await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        if (options.StatusStream == true && await FollowAsync(polling, stop).ConfigureAwait(false)) return true;

        var faults = 0;
        var faultySince = 0L;
        while (true)
        {
            var (isOver, fault) = await PollAsync(stop).ConfigureAwait(false);
            if (isOver) return true;
            if (fault is null)
            {
                faults = 0;
                await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
                continue;
            }
            if (faults++ == 0) faultySince = Time.GetTimestamp();
            if (Time.GetElapsedTime(faultySince) > polling.GiveUpAfter) throw fault;
            var asked = (fault as FalRateLimitException)?.RetryAfter;
            if (asked > Client.Options.Retry.MaxRetryAfter) asked = Client.Options.Retry.MaxRetryAfter;
            await PauseAsync(PollSchedule.PauseAfterFault(polling, Waited, faults, asked, Draw()), stop).ConfigureAwait(false);
        }
    }

    /// <summary>One poll. A fault is something that may pass; what will not pass is thrown.</summary>
    private async Task<(bool IsOver, FalException? Fault)> PollAsync(CancellationToken stop)
    {
        var logs = _wantsLogs;
        try
        {
            using var response = await SendStatusAsync(logs, stop).ConfigureAwait(false);
            var body = await BodyOfAsync(response, stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                var error = FalErrors.Of(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
                return IsPassing((int)response.StatusCode) ? (false, error) : throw error;
            }
            if (!StatusReader.TryRead(body.Span, out var reading)) return (false, NotAStatus(body));
            // Who joined while this answer was under way wants lines that it does not hold.
            if (reading.State.IsFinal && _wantsLogs && !logs) return await PollAsync(stop).ConfigureAwait(false);
            return (Apply(reading, logs, newLinesOnly: false).IsFinal, null);
        }
        catch (FalUnavailableException fault)
        {
            return (false, fault);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<FalJobStatus> GetStatusAsync(bool logs, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_news.Status is { IsFinal: true } over && (_hasLogs || !logs)) return over;
        }
        using var response = await SendStatusAsync(logs, cancellationToken).ConfigureAwait(false);
        var body = await BodyOfAsync(response, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw FalErrors.Of(Transport, response, body.Span, Address.Endpoint.ToString(), Address.RequestId);
        return StatusReader.TryRead(body.Span, out var reading) ? Apply(reading, logs, newLinesOnly: false) : throw NotAStatus(body);
    }

    /// <summary>Follows the event stream; false if polling has to go on from here.</summary>
    private async Task<bool> FollowAsync(FalPolling polling, CancellationToken stop)
    {
        var barren = 0;
        while (barren < MostBarrenStreams)
        {
            var events = 0;
            try
            {
                using var response = await Transport.SendToFalAsync(
                    FalHost.Queue, Address.StatusStream + "?logs=1", HttpMethod.Get, null, FalCallKind.Events, AcceptEvents, stop).ConfigureAwait(false);
                // Polling meets the same error and knows what to make of it.
                if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream") return false;
                var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
                var reader = new SseReader(body, SseReader.LongestEvent, SseReader.LongestSilence, Time);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(stop).ConfigureAwait(false))
                    {
                        if (!StatusReader.TryRead(reader.Data.Span, out var reading)) continue;
                        // The first event of a connection may hold all lines once more.
                        if (Apply(reading, withLogs: true, newLinesOnly: events++ > 0).IsFinal) return true;
                    }
                }
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException or InvalidDataException or FalUnavailableException)
            {
                // Whatever cut it: what came is kept, and the next connection or poll goes on from there.
            }
            barren = events > 0 ? 0 : barren + 1;
            await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        }
        return false;
    }

    private Task<HttpResponseMessage> SendStatusAsync(bool logs, CancellationToken cancellationToken) => Transport.SendToFalAsync(
        FalHost.Queue, logs ? Address.Status + "?logs=1" : Address.Status, HttpMethod.Get, null, FalCallKind.Read, null, cancellationToken);

    private Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, Time, stop);

    private static void AcceptEvents(HttpRequestHeaders headers) => headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

    private static async ValueTask<ReadOnlyMemory<byte>> BodyOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content is BufferedContent known ? known.Body : await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);

    private FalProtocolException NotAStatus(ReadOnlyMemory<byte> body) => new("fal's answer about the job is not a status.")
    {
        EndpointId = Address.Endpoint.ToString(),
        RequestId = Address.RequestId,
        RawJson = new Wire.FalRawJson(body),
    };

    private static bool IsPassing(int status) => status is 408 or 425 or 429 or >= 500;

    private static double Draw() => Random.Shared.NextDouble();
}
