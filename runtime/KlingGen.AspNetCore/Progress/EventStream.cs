using Microsoft.AspNetCore.Http;
#if NET10_0_OR_GREATER
using System.Net.ServerSentEvents;
#else
using System.Text;
#endif

namespace Fal.AspNetCore;

/// <summary>Writes server-sent events (SSE): with the framework's own result if it has one, otherwise by hand.</summary>
internal static class EventStream
{
#if NET10_0_OR_GREATER
    public static IResult Result(IAsyncEnumerable<ProgressEvent> events) => TypedResults.ServerSentEvents(ItemsAsync(events));

    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(IAsyncEnumerable<ProgressEvent> events)
    {
        await foreach (var item in events.ConfigureAwait(false)) yield return new SseItem<string>(item.Data, item.Type) { EventId = item.Id };
    }
#else
    public static IResult Result(IAsyncEnumerable<ProgressEvent> events) => new StreamResult(events);

    private sealed class StreamResult(IAsyncEnumerable<ProgressEvent> events) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers.ContentEncoding = "identity";
            httpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
            try
            {
                await response.Body.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
                await foreach (var item in events.ConfigureAwait(false))
                {
                    // The data is JSON, so it has no line breaks.
                    var id = item.Id is null ? "" : $"id: {item.Id}\n";
                    var text = $"event: {item.Type}\ndata: {item.Data}\n{id}\n";
                    await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), httpContext.RequestAborted).ConfigureAwait(false);
                    await response.Body.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The client disconnected.
            }
        }
    }
#endif
}
