using System.Net.Http.Headers;

namespace Fal;

// Following the event stream of a status. The stream brings news early; that the wait ends never depends on it.
internal sealed partial class JobTracker
{
    private const int MaxEmptyStreams = 2;

    private enum StreamEnd
    {
        JobIsOver,
        NoStream,
        AfterEvents,
        WithoutEvents,
    }

    private enum NextEvent
    {
        Event,
        JobIsOver,
        EndOfStream,
    }

    /// <summary>Follows the event stream, over as many connections as it takes; false if polling has to go on from here.</summary>
    private async Task<bool> FollowAsync(FalPolling polling, CancellationToken stop)
    {
        var empty = 0;
        var faults = new FaultStreak(polling, Time);
        while (empty < MaxEmptyStreams)
        {
            switch (await FollowOnceAsync(polling, faults, stop).ConfigureAwait(false))
            {
                case StreamEnd.JobIsOver:
                    return true;
                case StreamEnd.NoStream:
                    return false;
                case StreamEnd.AfterEvents:
                    empty = 0;
                    break;
                default:
                    empty++;
                    break;
            }
            await PauseAsync(PollSchedule.Pause(polling, Waited, Draw()), stop).ConfigureAwait(false);
        }
        return false;
    }

    private async Task<StreamEnd> FollowOnceAsync(FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        var events = 0;
        try
        {
            using var response = await OpenEventsAsync(stop).ConfigureAwait(false);
            if (response is null) return StreamEnd.WithoutEvents;
            // Polling meets the same error and knows what to make of it.
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "text/event-stream") return StreamEnd.NoStream;
            var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            var reader = new SseReader(body, ResponseLimits.Status, SseReader.LongestSilence, eventTimeout: null, Time);
            await using (reader.ConfigureAwait(false))
            {
                while (true)
                {
                    var next = await NextEventAsync(reader, polling, faults, stop).ConfigureAwait(false);
                    if (next == NextEvent.JobIsOver) return StreamEnd.JobIsOver;
                    if (next == NextEvent.EndOfStream) break;
                    if (!StatusReader.TryRead(reader.Data.Span, out var reading)) continue;
                    faults.End();
                    // The first event of a connection may hold all lines once more.
                    if (Apply(reading, withLogs: true, newLinesOnly: events++ > 0).IsFinal) return StreamEnd.JobIsOver;
                }
            }
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException or InvalidDataException)
        {
            // Whatever cut it: what came is kept, and the next connection or poll goes on from there.
        }
        return events > 0 ? StreamEnd.AfterEvents : StreamEnd.WithoutEvents;
    }

    /// <summary>The answer to the stream call; null where fal could not be reached.</summary>
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
    /// Waits for the next event, and polls whenever none came for as long as the longest pause between polls, whatever the stream does meanwhile.
    /// </summary>
    private async Task<NextEvent> NextEventAsync(SseReader reader, FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop, Transport.Closing);
        var next = reader.ReadAsync(leave.Token).AsTask();
        try
        {
            while (!await EndsWithinAsync(next, polling.Longest, stop).ConfigureAwait(false))
            {
                var (isOver, fault) = await PollAsync(stop).ConfigureAwait(false);
                if (isOver) return NextEvent.JobIsOver;
                if (fault is null) faults.End();
                else faults.Add(fault);
            }
            return await next.ConfigureAwait(false) ? NextEvent.Event : NextEvent.EndOfStream;
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
