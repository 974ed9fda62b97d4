using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Fal;

internal sealed partial class FalTransport
{
    private const string SendOnceFix =
        "A handler of the HttpClient given to FalClient sent the request a second time; that send was stopped. Turn off its retries for POST "
        + "(with Microsoft.Extensions.Http.Resilience: Retry.DisableForUnsafeHttpMethods()) and set AllowAutoRedirect to false: "
        + "FalClient retries by itself.";

    /// <summary>Returns the attempt that ended in <paramref name="ex"/>; throws if no retry can help.</summary>
    private CallAttempt FailedAttempt(
        FalCall call,
        SingleUseContent? content,
        HttpResponseMessage? response,
        ResponseBuffer.PartialBody? partial,
        Exception ex,
        CancellationToken ct)
    {
        var requestId = response is null ? null : CallAttempt.RequestIdOf(response.Headers);
        if (requestId is null && partial is { Bytes.IsEmpty: false }) requestId = JobAddress.RequestIdIn(partial.Bytes.Span);
        var sentTwice = content is { RefusedSecondUse: true };
        // A plain handler sends a body again only if the server reported that it had not processed the first send (a refused
        // HTTP/2 stream).
        var arrived = response is not null || (content is null ? !IsConnectFailure(ex) : content.Started && !(sentTwice && _sender.IsPlain));
        var mayRun = call.StartsWork && arrived;
        if (ct.IsCancellationRequested) throw mayRun ? FalSubmitCancelledException.DuringSubmit(requestId, ct) : new OperationCanceledException(ct);
        var closed = Closing.IsCancellationRequested;
        if (closed && !mayRun) throw Disposed();
        // The end of a direct run is known, although its answer is too long.
        if (ex is FalException error && (!mayRun || (call.Kind != FalCallKind.Submit && ex is FalResponseTooLargeException)))
        {
            error.SetCall(call.About.EndpointId, call.About.RequestId ?? requestId);
            ExceptionDispatchInfo.Throw(error);
        }
        // A retry does not help against configuration errors; but the outcome of a call that may have started work is
        // unknown, whatever the error.
        var isMistake = ex is InvalidOperationException or NotSupportedException or ArgumentException;
        if (isMistake && !mayRun && !sentTwice) ExceptionDispatchInfo.Throw(ex);
        return CallAttempt.Failed(closed ? Disposed() : ex, ex is OperationCanceledException && !closed, arrived) with
        {
            BrokenStatus = response is null ? null : (int)response.StatusCode,
            BrokenRequestId = requestId,
            Fix = sentTwice && arrived ? SendOnceFix : ex is FalProtocolException ? ex.Message : null,
        };
    }

    // A page of the proxy in front of fal is not fal's answer. The caller reads fal's own answer, even after the last attempt.
    private static bool IsUnavailable(FalCall call, HttpResponseMessage last) => call.StartsWork && RetryPolicy.IsIngressPage(last);

    private FalOutcomeUnknownException OutcomeUnknown(FalCall call, CallAttempt attempt)
    {
        var status = attempt.Response is { } response ? (int)response.StatusCode : attempt.BrokenStatus;
        var requestId = attempt.Response is { } answer ? CallAttempt.RequestIdOf(answer.Headers) : attempt.BrokenRequestId;
        attempt.Response?.Dispose();
        var what = attempt switch
        {
            { TimedOut: true } => "was sent, but no whole answer came in time",
            { Failure: ObjectDisposedException } => "was sent, but the FalClient was disposed before a whole answer came",
            { Fix: not null } => "was sent, but its answer cannot be trusted",
            { Failure: not null } => "was sent, but the connection broke before a whole answer came",
            _ => string.Create(CultureInfo.InvariantCulture, $"was sent, but the answer ({status}) does not say whether it was accepted"),
        };
        // A direct run has an id as well, but no job to resume.
        var next = OutcomeAdvice.For(call.Kind == FalCallKind.Submit ? requestId : null);
        var fix = attempt.Fix is null ? "" : " " + attempt.Fix;
        return new FalOutcomeUnknownException($"The request {what}. It was not sent again.{fix} {next}", Safe(attempt.Failure))
        {
            EndpointId = call.About.EndpointId,
            RequestId = requestId,
            StatusCode = status,
        };
    }

    private FalUnavailableException Unavailable(FalCall call, CallAttempt attempt, int tries)
    {
        var status = attempt.Response is { } response ? (int)response.StatusCode : attempt.BrokenStatus;
        attempt.Response?.Dispose();
        var what = attempt switch
        {
            { Response: not null } => string.Create(CultureInfo.InvariantCulture, $"a proxy in front of it answered with status {status}"),
            { TimedOut: true } => "no answer came in time",
            { MayHaveArrived: true } => "the connection broke before a whole answer came",
            _ => "no connection could be made",
        };
        var charged = call.StartsWork ? " No job was started." : "";
        var attempts = tries == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{tries} attempts");
        return new FalUnavailableException(
            $"{call.Url.Host} could not be reached: {what} ({attempts}).{charged} Check the connection and try again later.", Safe(attempt.Failure))
        {
            EndpointId = call.About.EndpointId,
            RequestId = call.About.RequestId,
            StatusCode = status,
        };
    }

    private Exception? Safe(Exception? exception) => exception is null ? null : Redact(exception);
}
