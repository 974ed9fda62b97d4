using System.Globalization;

namespace Fal.Emulation;

/// <summary>The response to a result call: the result or an error.</summary>
/// <param name="StatusCode">The status code.</param>
/// <param name="Body">The JSON body.</param>
/// <param name="Headers">The additional headers.</param>
/// <param name="Error">The error message in the status; null if the job succeeded.</param>
/// <param name="ErrorType">The error type of the gateway; null if there is none.</param>
internal sealed record JobAnswer(
    int StatusCode,
    string Body,
    IReadOnlyDictionary<string, string> Headers,
    string? Error = null,
    string? ErrorType = null)
{
    /// <summary>Creates the response of a job that is over.</summary>
    public static JobAnswer ForJob(EmulatedJob job, JobEndState end, ResultMaker results) => end switch
    {
        JobEndState.Succeeded => new(200, Result(job, results), OfModel(job.Run.BillableUnits)),
        JobEndState.Failed => Failed(job.Run.Failure!),
        JobEndState.Refused => new(422, job.Refusal!, OfModel(0), "Invalid status code: 422"),
        JobEndState.Cancelled => OfGateway("client_cancelled", "The request was cancelled."),
        JobEndState.StartTimedOut => OfGateway("request_timeout", "The request did not start in time.", ("x-fal-request-timeout-type", "user")),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    private static string Result(EmulatedJob job, ResultMaker results)
        => job.Run.Result ?? job.Result(results)?.ToJsonString(WireJson.Options) ?? "null";

    private static JobAnswer Failed(FalEmulatedFailure failure)
    {
        var headers = failure.IsByFal ? new Dictionary<string, string> { ["X-Fal-Error-Type"] = failure.ErrorType } : OfModel(0);
        foreach (var (name, value) in failure.Headers) headers[name] = value;
        return new(failure.StatusCode, failure.Body, headers, failure.Message, failure.IsByFal ? failure.ErrorType : null);
    }

    private static JobAnswer OfGateway(string errorType, string message, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var headers = new Dictionary<string, string> { ["X-Fal-Error-Type"] = errorType };
        foreach (var (name, value) in more) headers[name] = value;
        return new(ErrorTypes.StatusOf(errorType), ErrorBodies.Flat(message, errorType), headers, message, errorType);
    }

    private static Dictionary<string, string> OfModel(decimal units) => new()
    {
        ["x-fal-served-from"] = "emulator",
        // Python's float format; a failed request costs a plain 0.
        ["x-fal-billable-units"] = units == 0
            ? "0"
            : ((double)units).ToString(units == decimal.Truncate(units) ? "0.0" : "R", CultureInfo.InvariantCulture),
    };
}
