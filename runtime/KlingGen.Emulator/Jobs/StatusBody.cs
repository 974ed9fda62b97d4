using System.Globalization;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>JSON bodies of the queue's status responses.</summary>
internal static class StatusBody
{
    /// <summary>Creates the status of a job at a time.</summary>
    /// <param name="job">The job.</param>
    /// <param name="moment">The state of the job.</param>
    /// <param name="queue">The URL of the queue.</param>
    /// <param name="lines">The log lines to include; null in the response to a submit. A status has an empty list if logs
    /// were not requested, as recorded at fal.</param>
    /// <param name="answer">The response to the result call; null while the job is not over.</param>
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
