using System.Globalization;

namespace Fal.Emulation;

/// <summary>What stands where a job's result was expected: the result, or what went wrong.</summary>
/// <param name="StatusCode">The status code of the answer.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Headers">Its own headers.</param>
/// <param name="Error">What the status says about it; null if nothing went wrong.</param>
/// <param name="ErrorType">The gateway's word for it; null if it has none.</param>
internal sealed record JobAnswer(
    int StatusCode,
    string Body,
    IReadOnlyDictionary<string, string> Headers,
    string? Error = null,
    string? ErrorType = null)
{
    /// <summary>The answer of a job that is over.</summary>
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
        // As Python prints a float; what was refused costs a plain nothing.
        ["x-fal-billable-units"] = units == 0
            ? "0"
            : ((double)units).ToString(units == decimal.Truncate(units) ? "0.0" : "R", CultureInfo.InvariantCulture),
    };
}
