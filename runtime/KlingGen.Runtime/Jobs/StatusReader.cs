using System.Globalization;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>The parsed part of one status answer.</summary>
internal struct StatusReading
{
    public FalJobState State;
    public int? QueuePosition;
    public double? InferenceSeconds;
    public string? Error;
    public string? ErrorType;

    /// <summary>The log lines; null if the answer had none.</summary>
    public List<FalLogLine>? Logs;
}

/// <summary>
/// Parses fal's status object. Only <c>status</c> is required; other values of an unexpected type are ignored, because a paid
/// job must not be lost over a log line.
/// </summary>
internal static class StatusReader
{
    /// <summary>Parses a status; returns false if the bytes are not a JSON object with a status.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out StatusReading reading)
    {
        reading = default;
        try
        {
            var json = FalJsonText.Parse(utf8);
            var metrics = FalJsonText.MemberOf(json, "metrics");
            if (FalJsonText.StringOf(json, "status") is not { Length: > 0 } state) return false;
            reading = new StatusReading
            {
                State = new FalJobState(state),
                QueuePosition = Number(json, "queue_position") is >= 0 and <= int.MaxValue and var position ? (int)position : null,
                // A value above one year is invalid, and TimeSpan would overflow for large ones.
                InferenceSeconds = Number(metrics, "inference_time") is >= 0 and < 3.2e7 and var seconds ? seconds : null,
                Error = TextOrJson(json, "error"),
                ErrorType = TextOrJson(json, "error_type"),
                Logs = Logs(FalJsonText.MemberOf(json, "logs")),
            };
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<FalLogLine>? Logs(JsonElement logs)
    {
        IEnumerable<JsonElement> values = logs.ValueKind == JsonValueKind.Array ? logs.EnumerateArray() : [logs];
        var lines = values.Select(Line).OfType<FalLogLine>().ToList();
        return lines.Count == 0 ? null : lines;
    }

    private static FalLogLine? Line(JsonElement json)
    {
        var message = json.ValueKind == JsonValueKind.Object ? TextOrJson(json, "message") : TextOrJson(json);
        if (message is null) return null;
        var labels = FalJsonText.MemberOf(json, "labels");
        var timestamp = TextOrJson(json, "timestamp");
        return new FalLogLine
        {
            Message = message,
            Timestamp = Time(timestamp),
            TimestampText = timestamp,
            Level = TextOrJson(labels, "level") ?? TextOrJson(json, "level"),
            Source = TextOrJson(labels, "source") ?? TextOrJson(json, "source"),
        };
    }

    private static string? TextOrJson(JsonElement json, string name) => TextOrJson(FalJsonText.MemberOf(json, name));

    /// <summary>Returns a string unchanged, null and nothing as null, any other value as its JSON.</summary>
    private static string? TextOrJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        _ => json.GetRawText(),
    };

    private static double? Number(JsonElement json, string name)
    {
        var member = FalJsonText.MemberOf(json, name);
        var number = member.ValueKind switch
        {
            JsonValueKind.Number => member.GetDouble(),
            JsonValueKind.String when member.GetString() is { Length: <= 64 } text
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    private static DateTimeOffset? Time(string? text) =>
        text is { Length: > 0 and <= 64 }
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
