using Fal.Wire;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>Live progress of jobs for pages.</summary>
public static class FalJobExtensions
{
    /// <summary>
    /// The progress of a job as server-sent events, for an <c>EventSource</c> in a page. Events are <c>update</c> (state, place in the queue, new log
    /// lines), <c>ping</c> every 15 seconds without news, and <c>failed</c> if fal cannot be asked. A stream that breaks off goes on where it was, at
    /// any node, because the browser sends the id of its last event; after the last event the answer is 204, which ends its reconnecting.
    /// </summary>
    /// <typeparam name="TResult">The result type of the endpoint.</typeparam>
    /// <param name="job">The job; a handle from <c>Resume</c> works as well.</param>
    /// <param name="request">The request of the page.</param>
    public static IResult ToServerSentEvents<TResult>(this FalJob<TResult> job, HttpRequest request)
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(request);
        var last = ProgressEvents.ParseId(request.Headers["Last-Event-ID"]);
        if (last is { State.IsFinal: true }) return TypedResults.NoContent();
        var context = request.HttpContext;
        return EventStream.Result(ProgressEvents.ReadAsync(job, last, Clock.From(context.RequestServices), context.RequestAborted));
    }
}
