using System.Globalization;

namespace Fal;

internal sealed partial class HttpFalTransport
{
    // What a page in front of fal answered was not fal; what fal answered is the caller's to read, even after the last try.
    private static bool IsUnavailable(FalCall call, HttpResponseMessage last) => call.StartsWork && RepeatRules.IsIngressPage(last);

    private FalOutcomeUnknownException OutcomeUnknown(FalCall call, CallTry attempt)
    {
        var status = attempt.Response is { } response ? (int)response.StatusCode : attempt.BrokenStatus;
        var requestId = attempt.Response is { } answer ? CallTry.RequestIdOf(answer.Headers) : attempt.BrokenRequestId;
        attempt.Response?.Dispose();
        var what = attempt switch
        {
            { TimedOut: true } => "was sent, but no whole answer came in time",
            { Failure: not null } => "was sent, but the connection broke before a whole answer came",
            _ => string.Create(CultureInfo.InvariantCulture, $"was sent, but the answer ({status}) does not say whether it was accepted"),
        };
        var next = requestId is not null
            ? "A job may be running and may be charged: resume it by its request id."
            : "A job may be running and may be charged: look at the recent requests at https://fal.ai/dashboard before sending it again.";
        return new FalOutcomeUnknownException($"The request {what}. It was not repeated. {next}", Safe(attempt.Failure))
        {
            EndpointId = call.About.EndpointId,
            RequestId = requestId,
            StatusCode = status,
        };
    }

    private FalUnavailableException Unavailable(FalCall call, CallTry attempt, int tries)
    {
        var status = attempt.Response is { } response ? (int)response.StatusCode : attempt.BrokenStatus;
        attempt.Response?.Dispose();
        var what = attempt switch
        {
            { Response: not null } => string.Create(CultureInfo.InvariantCulture, $"a page with status {status} came from in front of it"),
            { TimedOut: true } => "it did not answer in time",
            { MayHaveArrived: true } => "the connection broke before a whole answer came",
            _ => "no connection could be made",
        };
        var charged = call.StartsWork ? " No job was started." : "";
        var times = tries == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{tries} times");
        return new FalUnavailableException(
            $"{call.Url.Host} was asked {times}, and at last {what}.{charged} Check the connection and try again later.", Safe(attempt.Failure))
        {
            EndpointId = call.About.EndpointId,
            RequestId = call.About.RequestId,
            StatusCode = status,
        };
    }

    private Exception? Safe(Exception? exception) => exception is null ? null : _key.Redactor.Clean(exception);
}
