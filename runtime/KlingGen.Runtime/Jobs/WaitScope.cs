using System.Globalization;

namespace Fal;

/// <summary>The time that one call of a user may take: the caller's token and the deadline together, and what each means when it strikes.</summary>
internal sealed class WaitScope : IDisposable
{
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(10);
    private readonly FalClient _client;
    private readonly FalWaitOptions _options;
    private readonly CancellationToken _caller;
    private readonly TimeSpan? _deadline;
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _either;

    public WaitScope(FalClient client, FalWaitOptions options, CancellationToken caller)
    {
        _client = client;
        _options = options;
        _caller = caller;
        _deadline = options.Deadline ?? client.Options.Deadline;
        Token = caller;
        if (_deadline is not { } deadline) return;
        _timer = new CancellationTokenSource(deadline, client.Transport.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
        Token = _either.Token;
    }

    /// <summary>For everything done within this call.</summary>
    public CancellationToken Token { get; }

    /// <summary>The endpoint, for errors.</summary>
    public string? EndpointId { get; init; }

    /// <summary>The job, as soon as there is one.</summary>
    public JobAddress? Job { get; set; }

    /// <summary>True for a call whose end stops the work at fal as well: a deadline leaves nothing unknown then.</summary>
    public bool StopsWithCall { get; init; }

    /// <summary>Waits for a step. A cancellation becomes what it means to the caller: their own token's, or the deadline's.</summary>
    public async Task<T> GuardAsync<T>(Task<T> step)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (Token.IsCancellationRequested)
        {
            var requestId = Job?.RequestId ?? (cancelled as StartCancelledException)?.RequestId;
            var byCaller = _caller.IsCancellationRequested;
            if ((byCaller ? _options.CancelJobOnCancellation : _options.CancelJobOnDeadline) == true) await TryCancelJobAsync(requestId).ConfigureAwait(false);
            if (!byCaller) throw DeadlinePassed(cancelled as StartCancelledException, requestId);
            throw cancelled is StartCancelledException ? new StartCancelledException(requestId, _caller) : new OperationCanceledException(_caller);
        }
        catch (FalException error)
        {
            error.Locate(EndpointId, Job?.RequestId);
            throw;
        }
    }

    public void Dispose()
    {
        _either?.Dispose();
        _timer?.Dispose();
    }

    private async Task TryCancelJobAsync(string? requestId)
    {
        if (requestId is null || EndpointId is null) return;
        var path = Job?.Cancel ?? FalQueueUrls.Of(FalQueueUrl.Cancel, FalEndpointId.Parse(EndpointId), requestId);
        using var limit = new CancellationTokenSource(CancelLimit, _client.Transport.Time);
        try
        {
            using var response = await _client.Transport
                .SendToFalAsync(FalHost.Queue, path, HttpMethod.Put, null, FalCallKind.Cancel, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is FalException or OperationCanceledException)
        {
            // Best effort: the caller is told of the deadline or the cancellation, which is what happened first.
        }
    }

    private FalException DeadlinePassed(StartCancelledException? started, string? requestId)
    {
        var seconds = _deadline!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var unknown = started is not null && !StopsWithCall && Job is null;
        var next = (requestId, StopsWithCall) switch
        {
            (_, true) => "The call was closed, which asks fal to stop the work.",
            (null, _) when unknown => "A job may be running and may be charged: look at the recent requests at https://fal.ai/dashboard before sending it again.",
            (null, _) => "Nothing was submitted.",
            _ when _options.CancelJobOnDeadline == true => "fal was asked to cancel the job.",
            _ => "The job may go on: resume it by its request id, or cancel it.",
        };
        var timeout = new FalTimeoutException($"The deadline of {seconds} seconds has passed. {next}") { Deadline = _deadline, EndpointId = EndpointId, RequestId = requestId };
        return unknown
            ? new FalOutcomeUnknownException($"The deadline of {seconds} seconds passed while the request was under way. {next}", timeout) { EndpointId = EndpointId, RequestId = requestId }
            : timeout;
    }
}
