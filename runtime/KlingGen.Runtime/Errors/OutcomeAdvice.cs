namespace Fal;

/// <summary>The next step after a call that may have started a job; shared by all messages.</summary>
internal static class OutcomeAdvice
{
    /// <param name="requestId">The id of the queue request, which can be resumed; null if it is unknown or there is no queue request.</param>
    public static string For(string? requestId) => "A job may be running and may be charged: " + (requestId is not null
        ? "resume it by its request id."
        : "look for it with fal.Platform.FindJobsAsync or at https://fal.ai/dashboard before you send the request again.");
}
