using System.Net;

namespace Fal.Tests.Transport;

/// <summary>The one classification of statuses, and what each user of it makes of a class.</summary>
public sealed class StatusClassTests
{
    [Theory]
    [InlineData(StatusClass.Final, 100, 200, 201, 204, 301, 302, 307, 308, 400, 401, 403, 404, 409, 410, 413, 418, 422, 499)]
    [InlineData(StatusClass.StillRunning, 202)]
    [InlineData(StatusClass.Throttled, 425, 429)]
    [InlineData(StatusClass.Transient, 408, 500, 501, 502, 503, 504, 520, 599)]
    internal void HttpStatus_classifies(StatusClass expected, params int[] statuses)
    {
        Assert.All(statuses, status => Assert.Equal(expected, HttpStatus.Classify(status)));
        Assert.All(statuses, status => Assert.Equal(expected is StatusClass.Throttled or StatusClass.Transient, HttpStatus.MayPass(status)));
    }

    [Theory]
    [InlineData(FalCallKind.Submit, 200, RetryDecision.Return)]
    [InlineData(FalCallKind.Submit, 422, RetryDecision.Return)]
    [InlineData(FalCallKind.Submit, 425, RetryDecision.Retry)]
    [InlineData(FalCallKind.Submit, 429, RetryDecision.Retry)]
    [InlineData(FalCallKind.Submit, 408, RetryDecision.OutcomeUnknown)]
    [InlineData(FalCallKind.Submit, 500, RetryDecision.OutcomeUnknown)]
    [InlineData(FalCallKind.Read, 404, RetryDecision.Return)]
    [InlineData(FalCallKind.Read, 425, RetryDecision.Retry)]
    [InlineData(FalCallKind.Read, 408, RetryDecision.Retry)]
    [InlineData(FalCallKind.Result, 503, RetryDecision.Retry)]
    [InlineData(FalCallKind.UploadPart, 403, RetryDecision.Return)]
    [InlineData(FalCallKind.UploadPart, 500, RetryDecision.Retry)]
    internal void RetryPolicy_decides_by_class_and_kind(FalCallKind kind, int status, RetryDecision expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        var call = new FalCall(kind, HttpMethod.Post, new Uri("https://queue.fal.run/a/b"), FalHost.Queue, null);
        Assert.Equal(expected, RetryPolicy.Decide(call, CallAttempt.Answered(response)));
    }
}
