using System.Text;

namespace Fal;

/// <summary>What follows from how a try ended.</summary>
internal enum Verdict
{
    /// <summary>The answer is the answer, good or bad.</summary>
    Return,

    /// <summary>Send it again, if there are tries left.</summary>
    Repeat,

    /// <summary>Work may have been started, and nobody can say: stop here.</summary>
    Unknown,
}

/// <summary>
/// Which calls are sent again. What starts paid work is sent again only when fal certainly never received it: there is no idempotency key, and no
/// way to ask what became of a request whose id never arrived.
/// </summary>
internal static class RepeatRules
{
    private const int PageStart = 4096;

    public static Verdict Judge(FalCall call, CallTry attempt)
    {
        if (attempt.Response is { } response) return call.StartsWork ? JudgeStart(call, response) : JudgeRead(call, response);
        if (!call.StartsWork) return Verdict.Repeat;
        return attempt.MayHaveArrived ? Verdict.Unknown : Verdict.Repeat;
    }

    /// <summary>A page by the proxy in front of fal, which could not hand the request on; fal signs its own answers with a request id.</summary>
    public static bool IsIngressPage(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (502 or 503 or 504) || IsSignedByFal(response)) return false;
        if (response.Content.Headers.ContentType?.MediaType is not "text/html") return false;
        // A body that is not in memory is not worth opening: then nobody knows, and nothing is repeated.
        if (response.Content is not BufferedContent content) return false;
        var start = content.Body.Span[..Math.Min(content.Body.Length, PageStart)];
        return Encoding.Latin1.GetString(start).Contains("nginx", StringComparison.OrdinalIgnoreCase);
    }

    private static Verdict JudgeStart(FalCall call, HttpResponseMessage response)
    {
        switch ((int)response.StatusCode)
        {
            case 429:
                // Who sets a limit to the queue's length wants to know at once that it is reached.
                return call.Url.Query.Contains("fal_max_queue_length=", StringComparison.Ordinal) ? Verdict.Return : Verdict.Repeat;
            case 502 or 503 or 504 when IsIngressPage(response):
                return Verdict.Repeat;
            case 408 or >= 500:
                // A direct run answers with the model's own errors, and those are answers.
                return call.Kind != FalCallKind.Submit && IsSignedByFal(response) ? Verdict.Return : Verdict.Unknown;
            default:
                return Verdict.Return;
        }
    }

    private static Verdict JudgeRead(FalCall call, HttpResponseMessage response) => (int)response.StatusCode switch
    {
        408 or 425 or 429 => Verdict.Repeat,
        >= 500 => call.Kind == FalCallKind.Result && IsSignedByFal(response) ? Verdict.Return : Verdict.Repeat,
        _ => Verdict.Return,
    };

    private static bool IsSignedByFal(HttpResponseMessage response)
        => response.Headers.NonValidated.Contains("x-fal-request-id") || response.Headers.NonValidated.Contains("X-Fal-Error-Type");
}
