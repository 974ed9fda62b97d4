using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>The identity of a job and its paths on the queue.</summary>
internal sealed class JobAddress
{
    // Null for the usual paths, which are built when they are used: thousands of waiting jobs need not hold them.
    private readonly string? _status;
    private readonly string? _result;
    private readonly string? _cancel;

    private JobAddress(FalEndpointId endpoint, string requestId, string? status, string? result, string? cancel)
    {
        Endpoint = endpoint;
        RequestId = FalQueueUrls.RequireRequestId(requestId);
        _status = Unusual(status, FalQueueUrl.Status);
        _result = Unusual(result, FalQueueUrl.Result);
        _cancel = Unusual(cancel, FalQueueUrl.Cancel);

        string? Unusual(string? path, FalQueueUrl url) => path is null || path == FalQueueUrls.PathOf(url, endpoint, requestId) ? null : path;
    }

    public FalEndpointId Endpoint { get; }

    public string RequestId { get; }

    public string Status => _status ?? FalQueueUrls.PathOf(FalQueueUrl.Status, Endpoint, RequestId);

    public string StatusStream => Status + "/stream";

    public string Result => _result ?? FalQueueUrls.PathOf(FalQueueUrl.Result, Endpoint, RequestId);

    public string Cancel => _cancel ?? FalQueueUrls.PathOf(FalQueueUrl.Cancel, Endpoint, RequestId);

    /// <summary>The W3C trace context of the submit; null if it had none.</summary>
    public string? TraceParent { get; set; }

    /// <summary>The time of the submit; null if it is not known.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>The parent of the spans of all calls about the job.</summary>
    public ActivityContext Trace => ActivityContext.TryParse(TraceParent, null, isRemote: true, out var trace) ? trace : default;

    /// <summary>Creates the default address of a job with this id.</summary>
    public static JobAddress ForId(FalEndpointId endpoint, string requestId, DateTimeOffset? submittedAt = null)
        => new(endpoint, requestId, null, null, null) { SubmittedAt = submittedAt };

    /// <summary>
    /// Creates the address of a job from fal's answer to the submit. A URL to which the key must not be sent is not an error,
    /// because the job runs anyway: the default one replaces it. Null if the answer has no request id.
    /// </summary>
    public static JobAddress? FromAnswer(FalEndpointId endpoint, ReadOnlySpan<byte> answer, string? headerRequestId, Uri queue)
    {
        var members = AnswerMembers.Read(answer);
        var requestId = FalQueueUrls.IsRequestId(members.RequestId) ? members.RequestId! : headerRequestId;
        if (requestId is null) return null;
        var root = FalQueueUrls.RootOf(queue);
        return new JobAddress(
            endpoint,
            requestId,
            Path(members.Status, FalQueueUrl.Status),
            Path(members.Result, FalQueueUrl.Result),
            Path(members.Cancel, FalQueueUrl.Cancel));

        string? Path(ReadOnlySpan<byte> returned, FalQueueUrl url)
            => returned.IsEmpty || FalQueueUrls.IsUsual(returned, url, root, endpoint, requestId)
                ? null
                : FalQueueUrls.Accept(Encoding.UTF8.GetString(returned), url, requestId, queue);
    }

    /// <summary>The request id in an answer to a submit, or in the received part of it; null if there is none.</summary>
    public static string? RequestIdIn(ReadOnlySpan<byte> answer) =>
        AnswerMembers.Read(answer).RequestId is { } requestId && FalQueueUrls.IsRequestId(requestId) ? requestId : null;

    /// <summary>
    /// Creates the address of a job from a token, with the same rule; here a foreign URL is an error, because this library
    /// creates tokens.
    /// </summary>
    /// <exception cref="ArgumentException">The token is for another queue, or one of its paths is not the job's.</exception>
    public static JobAddress FromToken(FalJobToken token, Uri queue)
    {
        if (!FalEndpointId.TryParse(token.EndpointId, out var endpoint) || !FalQueueUrls.IsRequestId(token.RequestId))
        {
            throw new ArgumentException("The job token names no valid endpoint and request.", nameof(token));
        }
        if (token.Queue != queue || token.Queue.UserInfo.Length > 0)
        {
            throw new ArgumentException($"The job token is for another queue than this client's ({queue.Host}). Use a client with the "
                + "QueueAddress of the one that submitted the job.", nameof(token));
        }
        return new JobAddress(
            endpoint,
            token.RequestId,
            Path(token.StatusPath, FalQueueUrl.Status),
            Path(token.ResultPath, FalQueueUrl.Result),
            Path(token.CancelPath, FalQueueUrl.Cancel))
        {
            TraceParent = token.TraceParent,
            SubmittedAt = token.SubmittedAt,
        };

        string? Path(string? path, FalQueueUrl url)
        {
            if (path is null) return null;
            return FalQueueUrls.Accept(FalQueueUrls.RootOf(queue) + path, url, token.RequestId, queue)
                ?? throw new ArgumentException("The job token contains a URL that does not belong to its job.", nameof(token));
        }
    }

    public FalJobToken ToToken(Uri queue)
        => new(Endpoint.ToString(), RequestId, queue, SubmittedAt, _status, _result, _cancel) { TraceParent = TraceParent };

    /// <summary>The values in an answer to a submit that could be read.</summary>
    private ref struct AnswerMembers
    {
        public string? RequestId;
        public ReadOnlySpan<byte> Status;
        public ReadOnlySpan<byte> Result;
        public ReadOnlySpan<byte> Cancel;

        public static AnswerMembers Read(ReadOnlySpan<byte> answer)
        {
            var members = default(AnswerMembers);
            try
            {
                // Not the final block, so that the complete values of a truncated answer are read.
                var options = new JsonReaderOptions { MaxDepth = 256 };
                var json = new Utf8JsonReader(answer, isFinalBlock: false, new JsonReaderState(options));
                if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return members;
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    if (FalJsonText.Is(ref json, "request_id"u8)) members.RequestId = Encoding.UTF8.GetString(Text(ref json));
                    else if (FalJsonText.Is(ref json, "status_url"u8)) members.Status = Text(ref json);
                    else if (FalJsonText.Is(ref json, "response_url"u8)) members.Result = Text(ref json);
                    else if (FalJsonText.Is(ref json, "cancel_url"u8)) members.Cancel = Text(ref json);
                    else if (!json.TrySkip()) break;
                }
            }
            catch (JsonException)
            {
                // The answer of a success is truncated: the values read so far and the header are used.
            }
            return members;
        }

        private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader json)
        {
            if (!json.Read()) return default;
            if (json.TokenType != JsonTokenType.String)
            {
                json.TrySkip();
                return default;
            }
            return json.ValueIsEscaped ? Encoding.UTF8.GetBytes(FalJsonText.Read(ref json)) : json.ValueSpan;
        }
    }
}
