using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Something that goes wrong with one call. Plan it with <see cref="FalFaultPlan.Add"/>. Most kinds leave open whether
/// fal still did its work, which is what matters to a caller: <c>works: true</c> means that the job was started, or
/// cancelled, though the caller may never learn of it.
/// </summary>
public sealed class FalFault
{
    private readonly Func<FaultStrike, Task> _strike;

    private FalFault(string name, Func<FaultStrike, Task> strike)
    {
        Name = name;
        _strike = strike;
    }

    /// <summary>What goes wrong, in a word.</summary>
    public string Name { get; }

    /// <summary>The request arrives whole, and the connection is reset before anything comes back.</summary>
    /// <param name="works">Whether fal does its work first.</param>
    public static FalFault Reset(bool works = true) => new("reset before the headers", async strike =>
    {
        if (works) await strike.WorkAsync().ConfigureAwait(false);
        else await strike.ReadRequestAsync().ConfigureAwait(false);
        strike.Raw().Reset();
    });

    /// <summary>The connection is reset while the request's body is still arriving: nothing is done.</summary>
    public static FalFault ResetWhileReading() => new("reset while reading", async strike =>
    {
        await strike.ReadAByteAsync().ConfigureAwait(false);
        strike.Raw().Reset();
    });

    /// <summary>fal does its work and sends the headers of its answer, then the connection is reset.</summary>
    public static FalFault ResetAfterHeaders() => new("reset after the headers", async strike =>
    {
        var body = await strike.WorkAsync().ConfigureAwait(false);
        var raw = strike.Raw();
        raw.SendHead(body.Length);
        raw.Reset();
    });

    /// <summary>fal does its work, and the connection closes in the middle of its answer, which says how long it should have been.</summary>
    /// <param name="share">How much of the body is sent, from 0 to 1.</param>
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

    /// <summary>fal does its work; the stream of its answer is closed after some events, long before it says that it is over.</summary>
    /// <param name="events">How many events are sent.</param>
    public static FalFault CutEvents(int events) => new("stream cut", strike => strike.CutEventsAsync(events));

    /// <summary>
    /// Nothing happens for a while, on the emulator's clock; then fal does its work and answers.
    /// <see cref="Timeout.InfiniteTimeSpan"/> never answers.
    /// </summary>
    /// <param name="time">How long.</param>
    public static FalFault Delay(TimeSpan time) => new("delay", async strike =>
    {
        await strike.PauseAsync(time).ConfigureAwait(false);
        await strike.PassAsync().ConfigureAwait(false);
    });

    /// <summary>fal does its work, and its answer comes in small pieces with pauses between them.</summary>
    /// <param name="pause">The pause before each piece, on the emulator's clock.</param>
    /// <param name="pieceSize">How many bytes a piece has.</param>
    public static FalFault SlowBytes(TimeSpan pause, int pieceSize = 16)
    {
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

    /// <summary>An answer of your own, in place of fal's.</summary>
    /// <param name="statusCode">Its status code.</param>
    /// <param name="body">Its body.</param>
    /// <param name="contentType">Its content type.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="works">Whether fal does its work all the same.</param>
    public static FalFault Answer(
        int statusCode, string body, string contentType = "application/json", IReadOnlyDictionary<string, string>? headers = null, bool works = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new($"answer {statusCode}", async strike =>
        {
            if (works) await strike.WorkAsync().ConfigureAwait(false);
            else await strike.ReadRequestAsync().ConfigureAwait(false);
            await strike.ReplaceAsync(statusCode, Encoding.UTF8.GetBytes(body), contentType, headers).ConfigureAwait(false);
        });
    }

    /// <summary>An error that fal signs: with a request id, and a body that names the error.</summary>
    /// <param name="statusCode">Such as 408, 409, 429, 499, 500, 502, 503 or 504.</param>
    /// <param name="retryAfter">What the header <c>Retry-After</c> says; null for no such header.</param>
    /// <param name="errorType">fal's word for the error; null for none.</param>
    /// <param name="works">Whether fal does its work all the same.</param>
    public static FalFault Error(int statusCode, TimeSpan? retryAfter = null, string? errorType = null, bool works = false)
    {
        var body = Encoding.UTF8.GetBytes(ErrorBodies.Flat($"Emulated error {statusCode}", errorType));
        return new($"answer {statusCode}", async strike =>
        {
            if (works) await strike.WorkAsync().ConfigureAwait(false);
            else await strike.ReadRequestAsync().ConfigureAwait(false);

            // An answer of work that was done has the id of that work; every other answer has one of its own.
            var headers = RetryAfter(retryAfter);
            if (!strike.Response.Headers.ContainsKey("x-fal-request-id")) headers["x-fal-request-id"] = strike.NewRequestId();
            if (errorType is not null) headers["X-Fal-Error-Type"] = errorType;
            await strike.ReplaceAsync(statusCode, body, "application/json", headers).ConfigureAwait(false);
        });
    }

    /// <summary>An error page of the proxy in front of fal, without fal's request id: fal never saw the request.</summary>
    /// <param name="statusCode">Such as 502, 503 or 504.</param>
    /// <param name="retryAfter">What the header <c>Retry-After</c> says; null for no such header.</param>
    public static FalFault IngressPage(int statusCode = 502, TimeSpan? retryAfter = null)
        => Answer(
            statusCode,
            $"<html><head><title>{statusCode}</title></head><body><center><h1>{statusCode}</h1></center><hr><center>nginx</center></body></html>",
            "text/html",
            RetryAfter(retryAfter));

    /// <summary>A redirect.</summary>
    /// <param name="location">Where to.</param>
    /// <param name="statusCode">301, 302, 303, 307 or 308.</param>
    /// <param name="works">Whether fal does its work all the same.</param>
    public static FalFault Redirect(Uri location, int statusCode = 307, bool works = false)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Answer(statusCode, "", "text/plain", new Dictionary<string, string> { ["Location"] = location.OriginalString }, works);
    }

    /// <summary>fal does its work and answers with its own status and headers, but with another body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its content type.</param>
    public static FalFault Body(string body, string contentType = "application/json")
    {
        ArgumentNullException.ThrowIfNull(body);
        return new("another body", async strike =>
        {
            await strike.WorkAsync().ConfigureAwait(false);
            await strike.ReplaceAsync(strike.Response.StatusCode, Encoding.UTF8.GetBytes(body), contentType).ConfigureAwait(false);
        });
    }

    /// <summary>fal does its work, and the JSON of its answer ends too early, in a response that is whole.</summary>
    /// <param name="share">How much of the body is sent, from 0 to 1.</param>
    public static FalFault TruncatedJson(double share = 0.5)
    {
        RequireShare(share);
        return Rewritten("truncated JSON", body => body[..(int)(body.Length * share)]);
    }

    /// <summary>fal does its work; one member of its answer has another value, or is there for the first time.</summary>
    /// <param name="name">The member, such as <c>status_url</c>.</param>
    /// <param name="json">Its value, as JSON.</param>
    public static FalFault SetField(string name, string json)
    {
        var value = JsonNode.Parse(json);
        return Changed($"field {name} set", body => body[name] = value?.DeepClone());
    }

    /// <summary>fal does its work; one member of its answer is missing.</summary>
    /// <param name="name">The member.</param>
    public static FalFault RemoveField(string name) => Changed($"field {name} removed", body => body.Remove(name));

    /// <summary>fal does its work; one member of its answer is there twice, the second time with another value.</summary>
    /// <param name="name">The member.</param>
    /// <param name="json">The second value, as JSON.</param>
    public static FalFault DuplicateField(string name, string json)
        => Rewritten($"field {name} twice", body =>
        {
            var open = Encoding.UTF8.GetString(body).TrimEnd()[..^1];
            return Encoding.UTF8.GetBytes($"{open},{JsonSerializer.Serialize(name)}:{json}}}");
        });

    /// <summary><see cref="Name"/>.</summary>
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

    private static void RequireShare(double share)
    {
        if (share is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share is from 0 to 1.");
    }
}
