using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// A fault that is injected into one call. Plan it with <see cref="FalFaultPlan.Add"/>. For most faults you choose whether
/// fal still processes the request, because this matters to a caller: <c>works: true</c> means that the job was started or
/// cancelled, although the caller may never get the response.
/// </summary>
public sealed class FalFault
{
    private readonly Func<FaultStrike, Task> _strike;

    private FalFault(string name, Func<FaultStrike, Task> strike)
    {
        Name = name;
        _strike = strike;
    }

    /// <summary>The name of the fault.</summary>
    public string Name { get; }

    /// <summary>Resets the connection after the complete request has arrived and before any response.</summary>
    /// <param name="works">Whether fal processes the request first.</param>
    public static FalFault Reset(bool works = true) => new("reset before the headers", async strike =>
    {
        if (works) await strike.WorkAsync().ConfigureAwait(false);
        else await strike.ReadRequestAsync().ConfigureAwait(false);
        strike.Raw().Reset();
    });

    /// <summary>Resets the connection while the request body is still arriving. The request is not processed.</summary>
    public static FalFault ResetWhileReading() => new("reset while reading", async strike =>
    {
        await strike.ReadAByteAsync().ConfigureAwait(false);
        strike.Raw().Reset();
    });

    /// <summary>fal processes the request and sends the response headers; then the connection is reset.</summary>
    public static FalFault ResetAfterHeaders() => new("reset after the headers", async strike =>
    {
        var body = await strike.WorkAsync().ConfigureAwait(false);
        var raw = strike.Raw();
        raw.SendHead(body.Length);
        raw.Reset();
    });

    /// <summary>
    /// fal processes the request; the connection closes in the middle of the response body, before its <c>Content-Length</c> is reached.
    /// </summary>
    /// <param name="share">The share of the body that is sent, from 0 to 1.</param>
    public static FalFault CutBody(double share = 0.5)
    {
        RequireShare(share);
        return new("cut within the body", async strike =>
        {
            var body = await strike.WorkAsync().ConfigureAwait(false);
            var raw = strike.Raw();
            raw.SendHead(body.Length);
            raw.Send(body.AsSpan(0, (int)(body.Length * share)));
            raw.Close();
        });
    }

    /// <summary>fal processes the request; its event stream is closed after a number of events.</summary>
    /// <param name="events">The number of events that are sent.</param>
    public static FalFault CutEvents(int events)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        return new("stream cut", strike => strike.CutEventsAsync(events));
    }

    /// <summary>
    /// Delays the call, on the emulator's clock; then fal processes it and responds. With
    /// <see cref="Timeout.InfiniteTimeSpan"/> it never responds.
    /// </summary>
    /// <param name="time">The delay.</param>
    public static FalFault Delay(TimeSpan time)
    {
        RequireTime(time, nameof(time));
        return new("delay", async strike =>
        {
            await strike.PauseAsync(time).ConfigureAwait(false);
            await strike.PassAsync().ConfigureAwait(false);
        });
    }

    /// <summary>fal processes the request and sends the response in small chunks with delays.</summary>
    /// <param name="pause">The delay before each chunk, on the emulator's clock.</param>
    /// <param name="pieceSize">The size of a chunk in bytes.</param>
    public static FalFault SlowBytes(TimeSpan pause, int pieceSize = 16)
    {
        RequireTime(pause, nameof(pause));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pieceSize);
        return new("slow bytes", async strike =>
        {
            var body = await strike.WorkAsync().ConfigureAwait(false);
            strike.Response.ContentLength = body.Length;
            for (var sent = 0; sent < body.Length; sent += pieceSize)
            {
                await strike.PauseAsync(pause).ConfigureAwait(false);
                await strike.SendPieceAsync(body.AsMemory(sent, Math.Min(pieceSize, body.Length - sent))).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Replaces fal's response.</summary>
    /// <param name="statusCode">The status code.</param>
    /// <param name="body">The response body.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">Additional headers.</param>
    /// <param name="works">Whether fal processes the request first.</param>
    public static FalFault Answer(
        int statusCode, string body, string contentType = "application/json", IReadOnlyDictionary<string, string>? headers = null, bool works = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        RequireStatus(statusCode);
        return new($"answer {statusCode}", async strike =>
        {
            if (works) await strike.WorkAsync().ConfigureAwait(false);
            else await strike.ReadRequestAsync().ConfigureAwait(false);
            await strike.ReplaceAsync(statusCode, Encoding.UTF8.GetBytes(body), contentType, headers).ConfigureAwait(false);
        });
    }

    /// <summary>Returns an error of fal's gateway: with a request id, and an error body.</summary>
    /// <param name="statusCode">The status code, such as 408, 409, 429, 499, 500, 502, 503 or 504.</param>
    /// <param name="retryAfter">The value of the header <c>Retry-After</c>; null for no such header.</param>
    /// <param name="errorType">fal's error type; null for none.</param>
    /// <param name="works">Whether fal processes the request first.</param>
    public static FalFault Error(int statusCode, TimeSpan? retryAfter = null, string? errorType = null, bool works = false)
    {
        RequireStatus(statusCode);
        var body = Encoding.UTF8.GetBytes(ErrorBodies.Flat($"Emulated error {statusCode}", errorType));
        return new($"answer {statusCode}", async strike =>
        {
            if (works) await strike.WorkAsync().ConfigureAwait(false);
            else await strike.ReadRequestAsync().ConfigureAwait(false);

            // If the request was processed, the response keeps its request id; otherwise it gets a new one.
            var headers = RetryAfter(retryAfter);
            if (!strike.Response.Headers.ContainsKey("x-fal-request-id")) headers["x-fal-request-id"] = strike.NewRequestId();
            if (errorType is not null) headers["X-Fal-Error-Type"] = errorType;
            await strike.ReplaceAsync(statusCode, body, "application/json", headers).ConfigureAwait(false);
        });
    }

    /// <summary>Returns an error page of the proxy in front of fal, without fal's request id. The request never reaches fal.</summary>
    /// <param name="statusCode">The status code, such as 502, 503 or 504.</param>
    /// <param name="retryAfter">The value of the header <c>Retry-After</c>; null for no such header.</param>
    public static FalFault IngressPage(int statusCode = 502, TimeSpan? retryAfter = null)
        => Answer(
            statusCode,
            $"<html><head><title>{statusCode}</title></head><body><center><h1>{statusCode}</h1></center><hr><center>nginx</center></body></html>",
            "text/html",
            RetryAfter(retryAfter));

    /// <summary>Returns a redirect.</summary>
    /// <param name="location">The value of the header <c>Location</c>.</param>
    /// <param name="statusCode">The status code: 301, 302, 303, 307 or 308.</param>
    /// <param name="works">Whether fal processes the request first.</param>
    public static FalFault Redirect(Uri location, int statusCode = 307, bool works = false)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Answer(statusCode, "", "text/plain", new Dictionary<string, string> { ["Location"] = location.OriginalString }, works);
    }

    /// <summary>fal processes the request and responds with its own status and headers, but with another body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The content type of the body.</param>
    public static FalFault Body(string body, string contentType = "application/json")
    {
        ArgumentNullException.ThrowIfNull(body);
        return new("another body", async strike =>
        {
            await strike.WorkAsync().ConfigureAwait(false);
            await strike.ReplaceAsync(strike.Response.StatusCode, Encoding.UTF8.GetBytes(body), contentType).ConfigureAwait(false);
        });
    }

    /// <summary>fal processes the request, but the JSON of its response is truncated. The HTTP response itself is complete.</summary>
    /// <param name="share">The share of the body that is sent, from 0 to 1.</param>
    public static FalFault TruncatedJson(double share = 0.5)
    {
        RequireShare(share);
        return Rewritten("truncated JSON", body => body[..(int)(body.Length * share)]);
    }

    /// <summary>fal processes the request; one property of its response is set to another value or added.</summary>
    /// <param name="name">The JSON name of the property, such as <c>status_url</c>.</param>
    /// <param name="json">The value as JSON.</param>
    public static FalFault SetField(string name, string json)
    {
        var value = JsonNode.Parse(json);
        return Changed($"field {name} set", body => body[name] = value?.DeepClone());
    }

    /// <summary>fal processes the request; one property of its response is removed.</summary>
    /// <param name="name">The JSON name of the property.</param>
    public static FalFault RemoveField(string name) => Changed($"field {name} removed", body => body.Remove(name));

    /// <summary>fal processes the request; one property of its response is duplicated, the second time with another value.</summary>
    /// <param name="name">The JSON name of the property.</param>
    /// <param name="json">The second value as JSON.</param>
    public static FalFault DuplicateField(string name, string json)
        => Rewritten($"field {name} twice", body =>
        {
            var open = Encoding.UTF8.GetString(body).TrimEnd()[..^1];
            return Encoding.UTF8.GetBytes($"{open},{JsonSerializer.Serialize(name)}:{json}}}");
        });

    /// <summary>Returns <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    internal Task StrikeAsync(FaultStrike strike) => _strike(strike);

    private static FalFault Changed(string name, Action<JsonObject> change) => Rewritten(name, body =>
    {
        var json = JsonNode.Parse(body)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString(WireJson.Options));
    });

    private static FalFault Rewritten(string name, Func<byte[], byte[]> rewrite) => new(name, async strike =>
    {
        var body = await strike.WorkAsync().ConfigureAwait(false);
        await strike.ReplaceAsync(strike.Response.StatusCode, rewrite(body), strike.Response.ContentType ?? "application/json").ConfigureAwait(false);
    });

    private static Dictionary<string, string> RetryAfter(TimeSpan? time) => time is { } after
        ? new(StringComparer.OrdinalIgnoreCase) { ["Retry-After"] = after.TotalSeconds.ToString(CultureInfo.InvariantCulture) }
        : new(StringComparer.OrdinalIgnoreCase);

    private static void RequireStatus(int statusCode)
    {
        if (statusCode is < 200 or > 999)
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "The status code is from 200 to 999.");
    }

    private static void RequireTime(TimeSpan time, string name)
    {
        if (!OptionLimits.IsTimer(time)) throw new ArgumentOutOfRangeException(name, time, $"The time is {OptionLimits.TimerTimes}.");
    }

    private static void RequireShare(double share)
    {
        if (share is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share is from 0 to 1.");
    }
}
