using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>The webhook that fal posts when a job ends.</summary>
/// <remarks>Verify the signature first, with <c>FalWebhookVerifier</c> of the package KlingGen.Webhooks: a body may come from any sender.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalWebhook>))]
public sealed record FalWebhook : IFalObject<FalWebhook>
{
    private readonly FalRawJson _payload;

    /// <summary>The request id of the job.</summary>
    public required string RequestId { get; init; }

    /// <summary>The id of the last attempt; equal to <see cref="RequestId"/> unless fal retried the job.</summary>
    public string? GatewayRequestId { get; init; }

    /// <summary><c>OK</c> or <c>ERROR</c>; fal may add values.</summary>
    public required string Status { get; init; }

    /// <summary>Whether the job succeeded. Its output may still be missing from the webhook: see <see cref="PayloadError"/>.</summary>
    public bool IsOk => Status == "OK";

    /// <summary>
    /// The model's output as <see cref="ReadPayload{T}"/> reads it, or its error body if the job failed. Undefined or null if
    /// the webhook has none. Numbers keep every digit: a seed may need <see cref="ulong"/>.
    /// </summary>
    public JsonElement Payload
    {
        get => _payload.IsEmpty ? default : _payload.ToElement();
        init => _payload = value.ValueKind == JsonValueKind.Undefined ? default : new(FalJsonText.BytesOf(value).ToArray());
    }

    /// <summary>What went wrong, in fal's words, if the job failed.</summary>
    public string? Error { get; init; }

    /// <summary>Why the output is not in the webhook although the job succeeded. Fetch it with <see cref="RequestId"/>.</summary>
    public string? PayloadError { get; init; }

    /// <summary>The problems of the request, if the job failed because of them; empty otherwise.</summary>
    public IReadOnlyList<FalProblem> Problems => IsOk ? [] : FalPropertyPath.Fill(Failure().Problems);

    /// <summary>fal's error type, if the payload has one.</summary>
    internal string? ErrorType => IsOk ? null : Failure().ErrorType;

    private FalTransport? Transport { get; init; }

    /// <summary>Parses a body. The webhook keeps references into the buffer, so the buffer must not change afterwards.</summary>
    /// <param name="body">The body of the webhook.</param>
    /// <param name="client">The client that downloads the files of the output; null if none are downloaded.</param>
    /// <exception cref="FalProtocolException">The body is not a webhook.</exception>
    public static FalWebhook Read(ReadOnlyMemory<byte> body, FalClient? client = null)
        => FalJson.Read<FalWebhook>(body, null) with { Transport = client?.Transport };

    /// <summary>Parses the output of the job as the result type of its endpoint.</summary>
    /// <param name="client">The client that downloads the files of the output. Not needed if the webhook was read with a client.</param>
    /// <exception cref="FalJobFailedException">The job failed. The details are the same as from waiting for the job.</exception>
    /// <exception cref="FalJobCancelledException">The job was cancelled.</exception>
    /// <exception cref="FalProtocolException">The webhook has no output although the job succeeded, or an output of another type.</exception>
    public T ReadPayload<T>(FalClient? client = null)
        where T : class, IFalObject<T>
    {
        if (!IsOk) throw FailureOfJob();
        if (_payload.IsEmpty || _payload.Utf8.Span.SequenceEqual("null"u8))
        {
            throw new FalProtocolException(
                $"The job succeeded, but its webhook carries no output; fetch it under the request id. {PayloadError}".TrimEnd())
            {
                RequestId = RequestId,
            };
        }

        return FalJson.Read<T>(_payload.Utf8, new FalReadContext(client?.Transport ?? Transport, RequestId: RequestId));
    }

    static FalWebhook IFalObject<FalWebhook>.Read(ref FalJsonReader json)
    {
        string? requestId = null, gatewayRequestId = null, status = null, error = null, payloadError = null;
        FalRawJson payload = default;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("request_id"u8)) requestId = json.String();
            else if (json.Is("gateway_request_id"u8)) gatewayRequestId = json.String();
            else if (json.Is("status"u8)) status = json.String();
            else if (json.Is("error"u8)) error = LooseText(ref json);
            else if (json.Is("payload_error"u8)) payloadError = LooseText(ref json);
            else
            {
                if (json.Is("payload"u8)) payload = json.Raw();
                json.Skip();
            }
        }

        return new(payload)
        {
            RequestId = json.Required(requestId, "request_id"),
            GatewayRequestId = gatewayRequestId,
            Status = json.Required(status, "status"),
            Error = error,
            PayloadError = payloadError,
        };
    }

    void IFalObject<FalWebhook>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.String("request_id"u8, RequestId);
        json.String("gateway_request_id"u8, GatewayRequestId);
        json.String("status"u8, Status);
        json.Json("payload"u8, Payload);
        json.String("error"u8, Error);
        json.String("payload_error"u8, PayloadError);
        json.EndObject();
    }

    void IFalObject<FalWebhook>.Check(FalChecks checks)
    {
        checks.Required("request_id", RequestId);
        checks.Required("status", Status);
    }

    /// <summary>Creates a webhook, for instance for a test.</summary>
    public FalWebhook()
    {
    }

    private FalWebhook(FalRawJson payload) => _payload = payload;

    /// <summary>Whether <paramref name="other"/> has the same values.</summary>
    public bool Equals(FalWebhook? other) => FalValue.Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => FalValue.GetHashCode(this);

    /// <summary>The webhook as JSON, with long strings shortened.</summary>
    public override string ToString() => FalValue.ToString(this);

    // The receiver has no key, so there is nothing to redact.
    private FalErrorBody Failure() => FalErrorBody.Read(_payload.Utf8.Span, null, static text => text);

    private FalException FailureOfJob()
    {
        var errorBody = Failure();
        if (errorBody.ErrorType == "client_cancelled")
        {
            return new FalJobCancelledException(FalJobCancelledException.BeforeResult)
            {
                RequestId = RequestId,
                ErrorType = errorBody.ErrorType,
                ResponseBody = errorBody.Text,
            };
        }
        var transient = FalErrors.IsTransient(errorBody.ErrorType, status: 0);
        var reason = (errorBody.Detail ?? Error ?? "no reason was given").TrimEnd('.');
        return new FalJobFailedException($"The job ended with {Status}: {reason}. {FalJobFailedException.NextStep(transient)}")
        {
            RequestId = RequestId,
            ErrorType = errorBody.ErrorType,
            ResponseBody = errorBody.Text,
            Problems = FalPropertyPath.Fill(errorBody.Problems),
            IsTransient = transient,
        };
    }

    // The explanation of a failure is kept, independent of its JSON type.
    private static string? LooseText(ref FalJsonReader json)
    {
        if (json.Kind is FalJsonKind.String or FalJsonKind.Null) return json.String();
        var text = json.Raw().ToString();
        json.Skip();
        return text;
    }
}
