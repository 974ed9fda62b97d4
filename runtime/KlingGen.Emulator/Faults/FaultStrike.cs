using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>The application of a fault to one call.</summary>
/// <param name="context">The call.</param>
/// <param name="next">The emulator's normal handling of the call.</param>
/// <param name="time">The emulator's clock.</param>
/// <param name="record">The record of the call, which the fault updates when it bypasses the web server.</param>
/// <param name="journal">Writes the record to the journal, before the caller can notice the fault.</param>
internal sealed class FaultStrike(HttpContext context, RequestDelegate next, TimeProvider time, IFaultRecord record, Action journal)
{
    private RawAnswer? _raw;

    /// <summary>The response, as far as the normal handling has set it.</summary>
    public HttpResponse Response => context.Response;

    /// <summary>Reads the request and discards it.</summary>
    public Task ReadRequestAsync() => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

    /// <summary>Reads the first bytes of the request.</summary>
    public async Task ReadAByteAsync() => _ = await context.Request.Body.ReadAsync(new byte[1], context.RequestAborted).ConfigureAwait(false);

    /// <summary>Runs the normal handling, and returns the response body instead of sending it.</summary>
    public async Task<byte[]> WorkAsync()
    {
        var real = Response.Body;
        using var kept = new MemoryStream();
        Response.Body = kept;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Response.Body = real;
        }
        return kept.ToArray();
    }

    /// <summary>Runs the normal handling, which also sends the response.</summary>
    public Task PassAsync() => next(context);

    /// <summary>Creates a request id on the emulator's clock.</summary>
    public string NewRequestId() => RequestId.New(time);

    public Task PauseAsync(TimeSpan pause) => Task.Delay(pause, time, context.RequestAborted);

    /// <summary>Replaces the response.</summary>
    public async Task ReplaceAsync(int statusCode, byte[] body, string contentType, IReadOnlyDictionary<string, string>? headers = null)
    {
        Response.StatusCode = statusCode;
        Response.ContentType = contentType;
        Response.ContentLength = body.Length;
        foreach (var (name, value) in headers ?? new Dictionary<string, string>()) Response.Headers[name] = value;
        await Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    public async Task SendPieceAsync(ReadOnlyMemory<byte> piece)
    {
        await Response.Body.WriteAsync(piece, context.RequestAborted).ConfigureAwait(false);
        await Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Runs the normal handling of a stream, and closes the connection after a number of events.</summary>
    public async Task CutEventsAsync(int events)
    {
        var real = Response.Body;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var cut = new EventCutStream(Raw(), events, enough);
        Response.Body = cut;
        context.RequestAborted = enough.Token;
        try
        {
            if (events > 0) await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // The stream was cut on purpose.
        }
        finally
        {
            Response.Body = real;
        }
        Raw().Close();
    }

    /// <summary>Gets the raw connection, which bypasses the web server.</summary>
    public RawAnswer Raw()
    {
        record.Break();
        return _raw ??= new RawAnswer(context, context.Features.Get<IConnectionSocketFeature>()!.Socket, record, journal);
    }
}
