namespace Fal.Emulation;

/// <summary>The status codes of the gateway's error types.</summary>
internal static class ErrorTypes
{
    public static int StatusOf(string errorType) => errorType switch
    {
        "request_timeout" or "startup_timeout" => 504,
        "runner_scheduling_failure" or "runner_connection_timeout" or "runner_disconnected" or "runner_connection_refused"
        or "runner_connection_error" => 503,
        "runner_incomplete_response" => 502,
        "client_disconnected" or "client_cancelled" => 499,
        "bad_request" => 400,
        "concurrent_requests_limit" => 429,
        _ => 500,
    };
}
