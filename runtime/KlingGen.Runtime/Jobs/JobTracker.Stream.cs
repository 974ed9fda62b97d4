using System.Net.Http.Headers;

namespace Fal;

// Follows the event stream of a status. The stream is an optimization: the wait ends without it as well.
internal sealed partial class JobTracker
{
    private const int MaxEmptyStreams = 2;
    private const int NoStream = -1;

    /// <summary>Follows the event stream, over several connections if necessary; returns null if polling must take over.</summary>
    private async Task<FalJobStatus?> FollowAsync(FalPolling polling, CancellationToken stop)
    {
        var empty = 0;
        var faults = new FaultStreak(polling, Time);
        while (empty < MaxEmptyStreams)
        {
            var events = await FollowOnceAsync(polling, faults, stop).ConfigureAwait(false);
            if (End is { } end) return end;
            if (events == NoStream) return null;
            empty = events > 0 ? 0 : empty + 1;
            await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        }
        return null;
    }

    /// <summary>Follows the event stream over one connection; returns the number of its events.</summary>
    private async Task<int> FollowOnceAsync(FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        var events = 0;
        try
        {
            using var response = await OpenEventsAsync(stop).ConfigureAwait(false);
            if (response is null) return 0;
            // Polling gets the same error and handles it.
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream") return NoStream;
            var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            var reader = new SseReader(body, ResponseLimits.Status, SseReader.LongestSilence, bytesCount: true, Time);
            await using (reader.ConfigureAwait(false))
            {
                while (await NextEventAsync(reader, polling, faults, stop).ConfigureAwait(false))
                {
                    if (!StatusReader.TryRead(reader.Data.Span, out var reading)) continue;
                    faults.End();
                    // The first event of a connection may contain all lines again.
                    if (Apply(reading, withLogs: true, newLinesOnly: events++ > 0).IsFinal) break;
                }
            }
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException or InvalidDataException)
        {
            // The stream broke off: the events so far are kept, and the next connection or poll continues from them.
        }
        return events;
    }

    /// <summary>Opens the event stream; null if fal could not be reached.</summary>
    private async Task<HttpResponseMessage?> OpenEventsAsync(CancellationToken stop)
    {
        try
        {
            return await Transport.SendToFalAsync(
                FalHost.Queue, Address.StatusStream + "?logs=1", HttpMethod.Get, null, FalCallKind.Events, AcceptEvents, Address.Trace, stop)
                .ConfigureAwait(false);
        }
        catch (FalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits for the next event; returns false at the end of the stream or of the job. Polls whenever no event came within the
    /// longest pause between polls, independent of the stream's state.
    /// </summary>
    private async Task<bool> NextEventAsync(SseReader reader, FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var next = reader.ReadAsync(leave.Token).AsTask();
        try
        {
            while (!await EndsWithinAsync(next, polling.Longest, stop).ConfigureAwait(false))
            {
                var fault = await PollAsync(stop).ConfigureAwait(false);
                if (End is not null) return false;
                if (fault is null) faults.End();
                else faults.Add(fault);
            }
            return await next.ConfigureAwait(false);
        }
        finally
        {
            await leave.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken stop)
    {
        if (task.IsCompleted) return true;
        using var timer = new CancellationTokenSource(limit, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        await task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompleted) return true;
        stop.ThrowIfCancellationRequested();
        return false;
    }

    private static void AcceptEvents(HttpRequestHeaders headers) => headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
}
