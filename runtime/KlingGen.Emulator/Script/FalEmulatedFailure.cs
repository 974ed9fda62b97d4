using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>The failure of an emulated job: its status, and the response to the result call.</summary>
public sealed record FalEmulatedFailure
{
    private FalEmulatedFailure(int statusCode, string message, string errorType, string body)
    {
        StatusCode = statusCode;
        Message = message;
        ErrorType = errorType;
        Body = body;
    }

    /// <summary>The status code of the response to the result call.</summary>
    public int StatusCode { get; init; }

    /// <summary>The error message, in the status and, for an error of the gateway, in the body.</summary>
    public string Message { get; init; }

    /// <summary>fal's error type.</summary>
    public string ErrorType { get; init; }

    /// <summary>The body of the response to the result call.</summary>
    public string Body { get; init; }

    /// <summary>
    /// Whether the error comes from fal's gateway, which sets the header <c>X-Fal-Error-Type</c> and the error in the
    /// status. A model names the error only in its body.
    /// </summary>
    public bool IsByFal { get; init; }

    /// <summary>Headers of the response to the result call, such as <c>X-Fal-Needs-Retry</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Creates a failure of fal's infrastructure, such as a lost runner or a startup timeout.</summary>
    /// <param name="errorType">One of fal's error types, such as <c>runner_disconnected</c>,
    /// <c>runner_scheduling_failure</c> or <c>startup_timeout</c>; it determines the status code.</param>
    /// <param name="message">The error message; when null, one that contains the error type.</param>
    public static FalEmulatedFailure ByFal(string errorType, string? message = null)
    {
        ArgumentNullException.ThrowIfNull(errorType);
        message ??= $"The request failed: {errorType}.";
        return new(ErrorTypes.StatusOf(errorType), message, errorType, ErrorBodies.Flat(message, errorType)) { IsByFal = true };
    }

    /// <summary>Creates a failure of the model, or its rejection of the input.</summary>
    /// <param name="errorType">The model's error type, such as <c>content_policy_violation</c>, <c>image_load_error</c> or
    /// <c>internal_server_error</c>.</param>
    /// <param name="message">The error message of the model.</param>
    /// <param name="statusCode">The status code of the response; most rejections are 422.</param>
    /// <param name="property">The property of the request that the error is about; null for the whole body.</param>
    public static FalEmulatedFailure ByModel(string errorType, string message, int statusCode = 422, string? property = null)
    {
        ArgumentNullException.ThrowIfNull(errorType);
        ArgumentNullException.ThrowIfNull(message);
        var loc = property is null ? new JsonArray("body") : new JsonArray("body", property);
        return new(statusCode, message, errorType, ErrorBodies.Details([ErrorBodies.Detail(loc, message, errorType, null, null)]));
    }
}
