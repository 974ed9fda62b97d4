using System.Net.Http.Headers;

namespace Fal;

// Follows the event stream of a status. The stream is an optimization: the wait ends without it as well.
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

    /// <summary>Follows the event stream, over several connections if necessary; returns false if polling must take over.</summary>
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
            // Polling gets the same error and handles it.
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
                    // The first event of a connection may contain all lines again.
                    if (Apply(reading, withLogs: true, newLinesOnly: events++ > 0).IsFinal) return StreamEnd.JobIsOver;
                }
            }
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException or InvalidDataException)
        {
            // The stream broke off: the events so far are kept, and the next connection or poll continues from them.
        }
        return events > 0 ? StreamEnd.AfterEvents : StreamEnd.WithoutEvents;
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
    /// Waits for the next event. Polls whenever no event came within the longest pause between polls, independent of the
    /// stream's state.
    /// </summary>
    private async Task<NextEvent> NextEventAsync(SseReader reader, FalPolling polling, FaultStreak faults, CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
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
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        await task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompleted) return true;
        stop.ThrowIfCancellationRequested();
        return false;
    }

    private static void AcceptEvents(HttpRequestHeaders headers) => headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
}
