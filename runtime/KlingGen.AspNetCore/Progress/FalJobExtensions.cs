using Fal.Wire;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>Live progress of jobs for web pages.</summary>
public static class FalJobExtensions
{
    /// <summary>
    /// Streams the progress of a job as server-sent events (SSE), for an <c>EventSource</c> in a page. Events are
    /// <c>update</c> (state, position in the queue, new log lines), <c>ping</c> after every 15 seconds without an event, and
    /// <c>failed</c> if the call to fal fails. An interrupted stream resumes on any node, because the browser sends the id
    /// of its last event. After the last event the response is 204, which ends the reconnects.
    /// </summary>
    /// <typeparam name="TResult">The result type of the endpoint.</typeparam>
    /// <param name="job">The job; a handle from <c>Resume</c> works as well.</param>
    /// <param name="request">The HTTP request of the page.</param>
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
