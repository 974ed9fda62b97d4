using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal.AspNetCore;

/// <summary>An event of a progress stream.</summary>
internal sealed record ProgressEvent(string Type, string? Id, string Data);

/// <summary>
/// The updates of a job as server-sent events (SSE). The id of an event is the state and the number of log lines seen
/// (<c>IN_PROGRESS:3</c>). It contains no state of a node, so an interrupted stream resumes on any node by
/// <c>Last-Event-ID</c>.
/// </summary>
internal static class ProgressEvents
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Parses an event id; a malformed one counts as none.</summary>
    public static (FalJobState State, int Lines)? ParseId(string? id)
    {
        var colon = id?.LastIndexOf(':') ?? -1;
        return colon > 0 && int.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
            ? (new FalJobState(id![..colon]), lines) : null;
    }

    /// <summary>Streams the updates of a job after an event, until the job is over.</summary>
    public static async IAsyncEnumerable<ProgressEvent> ReadAsync<TResult>(
        FalJob<TResult> job, (FalJobState State, int Lines)? last, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TResult : class, IFalObject<TResult>
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var updates = job.WatchAsync(cancellationToken: stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        var seen = last?.Lines ?? 0;
        try
        {
            while (true)
            {
                next ??= updates.MoveNextAsync().AsTask();
                if (!await IsSoonAsync(next, time, cancellationToken).ConfigureAwait(false))
                {
                    // Proxies close idle connections.
                    yield return new ProgressEvent("ping", null, "{}");
                    continue;
                }
                var (more, failure) = await EndAsync(next).ConfigureAwait(false);
                next = null;
                if (failure is not null) yield return new ProgressEvent("failed", null, Json(failure));
                if (!more) break;
                var status = updates.Current.Status;
                var isKnown = last?.State == status.State && status.Logs.Count <= seen;
                // Only the first update can repeat an earlier event.
                last = null;
                if (isKnown) continue;
                var data = Json(job.RequestId, status, seen);
                seen = Math.Max(seen, status.Logs.Count);
                yield return new ProgressEvent("update", string.Create(CultureInfo.InvariantCulture, $"{status.State.Word}:{seen}"), data);
            }
        }
        finally
        {
            // An enumerator must not be disposed while MoveNextAsync is pending.
            await stop.CancelAsync().ConfigureAwait(false);
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsSoonAsync(Task next, TimeProvider time, CancellationToken cancellationToken)
    {
        if (next.IsCompleted) return true;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beat = Task.Delay(KeepAlive, time, over.Token);
        var first = await Task.WhenAny(next, beat).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return first == next;
    }

    private static async Task<(bool More, FalException? Failure)> EndAsync(Task<bool> next)
    {
        try
        {
            return (await next.ConfigureAwait(false), null);
        }
        catch (FalException ex)
        {
            return (false, ex);
        }
    }

    private static string Json(string requestId, FalJobStatus status, int seen) => Write(json =>
    {
        json.WriteString("requestId"u8, requestId);
        json.WriteString("state"u8, status.State.Word);
        if (status.QueuePosition is { } position) json.WriteNumber("queuePosition"u8, position);
        if (status.InferenceTime is { } inference) json.WriteNumber("inferenceSeconds"u8, inference.TotalSeconds);
        if (status.IsFailed) json.WriteString("errorType"u8, status.ErrorType ?? "unknown");
        json.WriteStartArray("logs"u8);
        foreach (var line in status.Logs.Skip(seen))
        {
            json.WriteStartObject();
            json.WriteString("message"u8, line.Message);
            if (line.Level is { } level) json.WriteString("level"u8, level);
            if (line.TimestampText is { } timestamp) json.WriteString("timestamp"u8, timestamp);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static string Json(FalException failure) => Write(json =>
    {
        var problem = FalProblemDetails.From(failure);
        json.WriteNumber("status"u8, problem.Status!.Value);
        json.WriteString("title"u8, problem.Title);
    });

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
