using System.Globalization;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>The queue's answers about a job.</summary>
internal static class StatusBody
{
    /// <summary>The status at a moment.</summary>
    /// <param name="job">The job.</param>
    /// <param name="moment">How it stands.</param>
    /// <param name="queue">The queue's address.</param>
    /// <param name="lines">The log lines to show; null in the answer to a submit. A status has an empty list if logs were not asked for, as recorded
    /// at fal.</param>
    /// <param name="answer">What stands for the result; null while the job is not over.</param>
    public static JsonObject Create(
        EmulatedJob job,
        JobMoment moment,
        Uri queue,
        IEnumerable<(DateTimeOffset At, FalEmulatedLog Line)>? lines,
        JobAnswer? answer)
    {
        var address = $"{queue.GetLeftPart(UriPartial.Authority)}/{job.Endpoint.App}/requests/{job.RequestId}";
        var body = new JsonObject
        {
            ["status"] = moment.State.Word,
            ["request_id"] = job.RequestId,
            ["response_url"] = address,
            ["status_url"] = $"{address}/status",
            ["cancel_url"] = $"{address}/cancel",
        };
        if (moment.QueuePosition is { } position) body["queue_position"] = position;
        body["logs"] = lines is null ? null : new JsonArray([.. lines.Select(Line)]);
        body["metrics"] = moment.IsOver ? new JsonObject { ["inference_time"] = InferenceSeconds(job, moment) } : new JsonObject();
        if (answer?.Error is { } error) body["error"] = error;
        if (answer?.ErrorType is { } type) body["error_type"] = type;
        return body;
    }

    private static double InferenceSeconds(EmulatedJob job, JobMoment moment) => moment.End switch
    {
        JobEndState.Succeeded or JobEndState.Failed => job.Run.InferenceSeconds ?? job.Run.Duration.TotalSeconds,
        _ => 0,
    };

    private static JsonObject Line((DateTimeOffset At, FalEmulatedLog Line) line) => new()
    {
        ["message"] = line.Line.Message,
        ["level"] = line.Line.Level,
        ["source"] = "USER",
        ["timestamp"] = line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
    };
}
