using System.Net.Http.Headers;

namespace Fal;

// Following the event stream of a status. The stream brings news early; that the wait ends never depends on it.
internal sealed partial class JobTracker
{
    private const int MaxEmptyStreams = 2;

    /// <summary>Follows the event stream; false if polling has to go on from here.</summary>
    private async Task<bool> FollowAsync(FalPolling polling, CancellationToken stop)
    {
        var empty = 0;
        var faults = new FaultStreak(polling, Time);
        while (empty < MaxEmptyStreams)
        {
            var events = 0;
            try
            {
                using var response = await OpenEventsAsync(stop).ConfigureAwait(false);
                if (response is not null)
                {
                    // Polling meets the same error and knows what to make of it.
                    if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream") return false;
                    var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
                    var reader = new SseReader(body, ResponseLimits.Status, SseReader.LongestSilence, eventTimeout: null, Time);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await NextEventAsync(reader, polling, faults, stop).ConfigureAwait(false) is { } isEvent)
                        {
                            if (!isEvent) return true;
                            if (!StatusReader.TryRead(reader.Data.Span, out var reading)) continue;
                            faults.End();
                            // The first event of a connection may hold all lines once more.
                            if (Apply(reading, withLogs: true, newLinesOnly: events++ > 0).IsFinal) return true;
                        }
                    }
                }
            }
            catch (Exception ex) when (ex is IOException or HttpRequestException or InvalidDataException)
            {
                // Whatever cut it: what came is kept, and the next connection or poll goes on from there.
            }
            empty = events > 0 ? 0 : empty + 1;
            await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        }
        return false;
    }

    /// <summary>The answer to the stream call; null where fal could not be reached.</summary>
    private async Task<HttpResponseMessage?> OpenEventsAsync(CancellationToken stop)
    {
        try
        {
            return await Transport.SendToFalAsync(
                FalHost.Queue, Address.StatusStream + "?logs=1", HttpMethod.Get, null, FalCallKind.Events, AcceptEvents, stop).ConfigureAwait(false);
        }
        catch (FalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits for the next event, and polls whenever none came for as long as the longest pause between polls, whatever the stream does meanwhile.
    /// True for an event, false if a poll found that the job is over, null at the end of the stream.
    /// </summary>
    private async Task<bool?> NextEventAsync(SseReader reader, FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop, Transport.Closing);
        var next = reader.ReadAsync(leave.Token).AsTask();
        try
        {
            while (!await EndsWithinAsync(next, polling.Longest, stop).ConfigureAwait(false))
            {
                var (isOver, fault) = await PollAsync(stop).ConfigureAwait(false);
                if (isOver) return false;
                if (fault is null) faults.End();
                else faults.Add(fault);
            }
            return await next.ConfigureAwait(false) ? true : null;
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
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop, Transport.Closing);
        await task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompleted) return true;
        stop.ThrowIfCancellationRequested();
        if (Transport.Closing.IsCancellationRequested) throw FalTransport.Disposed();
        return false;
    }

    private static void AcceptEvents(HttpRequestHeaders headers) => headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
}
