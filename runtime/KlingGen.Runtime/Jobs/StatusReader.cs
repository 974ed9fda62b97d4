using System.Globalization;
using System.Text;
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
    private const int MaxDepth = 256;

    /// <summary>Parses a status; returns false if the bytes are not a JSON object with a status.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out StatusReading reading)
    {
        reading = default;
        try
        {
            var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName) Member(ref json, ref reading);
            return !json.Read() && reading.State.Word is { Length: > 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Member(ref Utf8JsonReader json, ref StatusReading reading)
    {
        if (FalJsonText.Is(ref json, "status"u8))
        {
            json.Read();
            if (State(ref json) is { } state) reading.State = state;
        }
        else if (FalJsonText.Is(ref json, "queue_position"u8))
        {
            json.Read();
            if (Number(ref json) is >= 0 and <= int.MaxValue and var position) reading.QueuePosition = (int)position;
        }
        else if (FalJsonText.Is(ref json, "error"u8))
        {
            json.Read();
            reading.Error = TextOrJson(ref json);
        }
        else if (FalJsonText.Is(ref json, "error_type"u8))
        {
            json.Read();
            reading.ErrorType = TextOrJson(ref json);
        }
        else if (FalJsonText.Is(ref json, "metrics"u8))
        {
            json.Read();
            Metrics(ref json, ref reading);
        }
        else if (FalJsonText.Is(ref json, "logs"u8))
        {
            json.Read();
            Logs(ref json, ref reading.Logs);
        }
        else
        {
            json.Read();
        }
        json.Skip();
    }

    private static FalJobState? State(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String) return null;
        if (FalJsonText.Is(ref json, "IN_QUEUE"u8)) return FalJobState.InQueue;
        if (FalJsonText.Is(ref json, "IN_PROGRESS"u8)) return FalJobState.InProgress;
        if (FalJsonText.Is(ref json, "COMPLETED"u8)) return FalJobState.Completed;
        return new FalJobState(FalJsonText.Read(ref json));
    }

    private static void Metrics(ref Utf8JsonReader json, ref StatusReading reading)
    {
        if (json.TokenType != JsonTokenType.StartObject) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isInferenceTime = FalJsonText.Is(ref json, "inference_time"u8);
            json.Read();
            // A value above one year is invalid, and TimeSpan would overflow for large ones.
            if (isInferenceTime && Number(ref json) is >= 0 and < 3.2e7 and var seconds) reading.InferenceSeconds = seconds;
            json.Skip();
        }
    }

    private static void Logs(ref Utf8JsonReader json, ref List<FalLogLine>? logs)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) Line(ref json, ref logs);
                break;
            case JsonTokenType.Null:
                break;
            default:
                Line(ref json, ref logs);
                break;
        }
    }

    private static void Line(ref Utf8JsonReader json, ref List<FalLogLine>? logs)
    {
        string? message = null, timestamp = null, level = null, source = null;
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (FalJsonText.Is(ref json, "message"u8)) message = NextText(ref json);
                else if (FalJsonText.Is(ref json, "timestamp"u8)) timestamp = NextText(ref json);
                else if (FalJsonText.Is(ref json, "level"u8)) level = NextText(ref json);
                else if (FalJsonText.Is(ref json, "source"u8)) source = NextText(ref json);
                else if (FalJsonText.Is(ref json, "labels"u8)) Labels(ref json, ref level, ref source);
                else { json.Read(); json.Skip(); }
            }
        }
        else
        {
            message = TextOrJson(ref json);
        }
        if (message is null) return;
        (logs ??= []).Add(
            new FalLogLine { Message = message, Timestamp = Time(timestamp), TimestampText = timestamp, Level = level, Source = source });
    }

    private static void Labels(ref Utf8JsonReader json, ref string? level, ref string? source)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (FalJsonText.Is(ref json, "level"u8)) level = NextText(ref json) ?? level;
            else if (FalJsonText.Is(ref json, "source"u8)) source = NextText(ref json) ?? source;
            else { json.Read(); json.Skip(); }
        }
    }

    private static string? NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return TextOrJson(ref json);
    }

    /// <summary>Returns a string unchanged, null as null, any other value as its JSON; leaves the reader on the value's last token.</summary>
    private static string? TextOrJson(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return FalJsonText.Read(ref json);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return Encoding.UTF8.GetString(FalJsonText.BytesOf(JsonElement.ParseValue(ref json)));
            default:
                return Encoding.UTF8.GetString(json.ValueSpan);
        }
    }

    private static double? Number(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Number when json.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonTokenType.String when json.ValueSpan.Length <= 64
            && double.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    private static DateTimeOffset? Time(string? text) =>
        text is { Length: > 0 and <= 64 }
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
