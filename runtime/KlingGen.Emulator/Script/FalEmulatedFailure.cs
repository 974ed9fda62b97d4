using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>How an emulated job fails: what its status says, and what is answered in place of its result.</summary>
public sealed record FalEmulatedFailure
{
    private FalEmulatedFailure(int statusCode, string message, string errorType, string body)
    {
        StatusCode = statusCode;
        Message = message;
        ErrorType = errorType;
        Body = body;
    }

    /// <summary>The status code of the answer in place of the result.</summary>
    public int StatusCode { get; init; }

    /// <summary>fal's sentence, in the status and, by the gateway, in the body.</summary>
    public string Message { get; init; }

    /// <summary>fal's word for the failure.</summary>
    public string ErrorType { get; init; }

    /// <summary>The body of the answer in place of the result.</summary>
    public string Body { get; init; }

    /// <summary>
    /// Whether fal's gateway answers, which then names the error in the header <c>X-Fal-Error-Type</c> and in the
    /// status; a model names it in its body alone.
    /// </summary>
    public bool IsByFal { get; init; }

    /// <summary>Headers of the answer in place of the result, such as <c>X-Fal-Needs-Retry</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The machinery around the model fails: a runner is lost, or not found in time.</summary>
    /// <param name="errorType">One of fal's words, such as <c>runner_disconnected</c>, <c>runner_scheduling_failure</c>
    /// or <c>startup_timeout</c>; it decides the status code.</param>
    /// <param name="message">fal's sentence; when null, one that names the error.</param>
    public static FalEmulatedFailure ByFal(string errorType, string? message = null)
    {
        ArgumentNullException.ThrowIfNull(errorType);
        message ??= $"The request failed: {errorType}.";
        return new(ErrorTypes.StatusOf(errorType), message, errorType, ErrorBodies.Flat(message, errorType)) { IsByFal = true };
    }

    /// <summary>The model fails, or refuses what it was given once it has looked at it.</summary>
    /// <param name="errorType">The model's word, such as <c>content_policy_violation</c>, <c>image_load_error</c> or
    /// <c>internal_server_error</c>.</param>
    /// <param name="message">The model's sentence.</param>
    /// <param name="statusCode">The status code of the answer; most refusals are 422.</param>
    /// <param name="property">The property of the request that the model complains about; the whole body when null.</param>
    public static FalEmulatedFailure ByModel(string errorType, string message, int statusCode = 422, string? property = null)
    {
        ArgumentNullException.ThrowIfNull(errorType);
        ArgumentNullException.ThrowIfNull(message);
        var loc = property is null ? new JsonArray("body") : new JsonArray("body", property);
        return new(statusCode, message, errorType, ErrorBodies.Details([ErrorBodies.Detail(loc, message, errorType, null, null)]));
    }
}
