using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fal;

/// <summary>
/// Combines the caller's tokens with the deadline and the end of the client, and maps a cancellation to the exception that the caller expects. Adds
/// to errors what this call knows of the job.
/// </summary>
internal sealed class WaitScope : IDisposable
{
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(10);
    private readonly JobServices _services;
    private readonly FalWaitOptions _options;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _reader;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _any;

    /// <param name="services">The transport, the options and the budget of the client.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="caller">The token of the call.</param>
    /// <param name="reader">The token of the enumerator, where the call returns a stream.</param>
    public WaitScope(JobServices services, FalWaitOptions options, CancellationToken caller, CancellationToken? reader = null)
    {
        _services = services;
        _options = options;
        _caller = caller;
        _reader = reader ?? default;
        if (Deadline is { } deadline) _timer = new CancellationTokenSource(deadline, services.Transport.Time);
        // Calls and shared loops end with the client by themselves, the reading of a stream does not.
        if (_timer is not null || reader is not null)
            _any = CancellationTokenSource.CreateLinkedTokenSource([caller, _reader, services.Transport.Closing, _timer?.Token ?? default]);
    }

    /// <summary>For everything done within this call.</summary>
    public CancellationToken Token => _any?.Token ?? (_caller.CanBeCanceled ? _caller : _services.Transport.Closing);

    /// <summary>The endpoint, for errors.</summary>
    public string? EndpointId { get; init; }

    /// <summary>The job, as soon as there is one.</summary>
    public JobAddress? Job { get; set; }

    /// <summary>The body that is being submitted, by which an unknown outcome can be searched for.</summary>
    public SentBody? Sent { get; set; }

    /// <summary>The reservation of the call in the client's budget; null where there is no budget.</summary>
    public CostReservation? Cost { get; set; }

    /// <summary>True for a call that submits, whose caller has no other handle to the job.</summary>
    public bool Submits { get; init; }

    /// <summary>True for a call whose end stops the work at fal as well: a deadline leaves nothing unknown then.</summary>
    public bool StopsWithCall { get; init; }

    /// <summary>
    /// Waits for a step. A cancellation becomes what it means to the caller: their own token's, the deadline's, or the client's end.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> GuardAsync<T>(Task<T> step)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            await ThrowForCallerAsync(ex).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Throws what an exception means to the caller; returns if it can be thrown as it is.</summary>
    public async Task ThrowForCallerAsync(Exception exception)
    {
        var isClosing = _services.Transport.Closing.IsCancellationRequested;
        if (exception is OperationCanceledException && (isClosing || Token.IsCancellationRequested))
        {
            var started = exception as FalSubmitCancelledException;
            var requestId = Job?.RequestId ?? started?.RequestId;
            var cancelled = _caller.IsCancellationRequested ? _caller : _reader;
            if (!cancelled.IsCancellationRequested && _timer?.IsCancellationRequested != true) throw WithBodyHash(ClientDisposed(started, requestId));
            var byCaller = cancelled.IsCancellationRequested;
            if ((byCaller ? _options.CancelJobOnCancellation : _options.CancelJobOnDeadline) == true)
                await TryCancelJobAsync(requestId).ConfigureAwait(false);
            if (!byCaller) throw WithBodyHash(DeadlinePassed(started, requestId));
            throw Cancelled(started, requestId, cancelled);
        }
        if (exception is ObjectDisposedException && isClosing) throw WithBodyHash(ClientDisposed(null, Job?.RequestId));
        if (exception is FalException ex)
        {
            ex.SetCall(EndpointId, Job?.RequestId);
            ex.Attach(TokenOf(ex.RequestId));
            WithBodyHash(ex);
        }
    }

    public void Dispose()
    {
        _any?.Dispose();
        _timer?.Dispose();
    }

    private TimeSpan? Deadline => _options.Deadline ?? _services.Options.Deadline;

    private Exception WithBodyHash(Exception exception)
    {
        if (exception is FalOutcomeUnknownException unknown && Sent is { } sent)
        {
            unknown.SentAt = sent.SentAt;
            unknown.BodyHash = CanonicalJson.TryHash(sent.Body);
        }
        return exception;
    }

    private FalJobToken? TokenOf(string? requestId)
    {
        if (Job is { } job) return job.ToToken(_services.Transport.QueueAddress);
        // A direct run has an id as well, but no job that could be resumed.
        if (!Submits || requestId is null || !FalEndpointId.TryParse(EndpointId, out var endpoint)) return null;
        return JobAddress.ForId(endpoint, requestId).ToToken(_services.Transport.QueueAddress);
    }

    private async Task TryCancelJobAsync(string? requestId)
    {
        if (requestId is null || EndpointId is null || StopsWithCall) return;
        var path = Job?.Cancel ?? FalQueueUrls.PathOf(FalQueueUrl.Cancel, FalEndpointId.Parse(EndpointId), requestId);
        using var limit = new CancellationTokenSource(CancelLimit, _services.Transport.Time);
        try
        {
            using var response = await _services.Transport
                .SendToFalAsync(FalHost.Queue, path, HttpMethod.Put, null, FalCallKind.Cancel, null, Job?.Trace ?? default, limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is FalException or OperationCanceledException or ObjectDisposedException)
        {
            // Best effort: the caller gets the deadline or the cancellation, whichever came first.
        }
    }

    private OperationCanceledException Cancelled(FalSubmitCancelledException? started, string? requestId, CancellationToken cancelled)
    {
        if (started is null && (!Submits || Job is null)) return new OperationCanceledException(cancelled);
        var message = Job is null
            ? "The call was cancelled after the request may have reached fal. " + OutcomeAdvice.For(TokenOf(requestId)?.RequestId)
            : "The wait was cancelled. The job goes on: resume it by its token, or cancel it.";
        return new FalSubmitCancelledException(message, cancelled) { EndpointId = EndpointId, RequestId = requestId, Token = TokenOf(requestId) };
    }

    private Exception ClientDisposed(FalSubmitCancelledException? started, string? requestId)
    {
        if (started is null && (!Submits || Job is null)) return FalTransport.Disposed();
        var message = "The FalClient was disposed while the job was waited for. " + OutcomeAdvice.For(TokenOf(requestId)?.RequestId);
        return new FalOutcomeUnknownException(message, FalTransport.Disposed())
        {
            EndpointId = EndpointId,
            RequestId = requestId,
            Token = TokenOf(requestId),
        };
    }

    private FalException DeadlinePassed(FalSubmitCancelledException? started, string? requestId)
    {
        var seconds = Deadline!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var unknown = started is not null && !StopsWithCall && Job is null;
        var next = (requestId, StopsWithCall) switch
        {
            (_, true) => "The call was closed, which asks fal to stop the work. Set a longer Deadline, or submit to the queue instead.",
            (null, _) when unknown => OutcomeAdvice.For(null),
            (null, _) => "Nothing was submitted. Call again, with a longer Deadline if need be.",
            _ when _options.CancelJobOnDeadline == true => "A cancel request was sent to fal. Set a longer Deadline to wait for it.",
            _ => "The job may go on: resume it by its request id, or cancel it.",
        };
        var timeout = new FalTimeoutException($"The deadline of {seconds} seconds has passed. {next}")
        {
            Deadline = Deadline,
            EndpointId = EndpointId,
            RequestId = requestId,
            Token = TokenOf(requestId),
        };
        if (!unknown) return timeout;
        return new FalOutcomeUnknownException($"The deadline of {seconds} seconds passed while the request was under way. {next}", timeout)
        {
            EndpointId = EndpointId,
            RequestId = requestId,
            Token = timeout.Token,
        };
    }
}

/// <summary>The body of a submit, and when it was sent.</summary>
internal sealed record SentBody(ReadOnlyMemory<byte> Body, DateTimeOffset SentAt);
