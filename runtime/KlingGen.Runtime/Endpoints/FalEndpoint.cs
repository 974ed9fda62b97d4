using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Fal.Wire;

namespace Fal;

/// <summary>
/// A typed endpoint of fal. <see cref="SubmitAsync"/> queues a request and returns a handle; <c>RunAsync</c> also waits for
/// the result. A request with problems that the local checks find is refused before anything is sent, with all problems at
/// once.
/// </summary>
/// <typeparam name="TRequest">The type of the input.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public class FalEndpoint<TRequest, TResult>
    where TRequest : class, IFalObject<TRequest>
    where TResult : class, IFalObject<TResult>
{
    private static readonly FalSubmitOptions NoOptions = new();
    private readonly FalClient? _client;
    private readonly FalEndpointId _id;
    private readonly EndpointCalls? _calls;

    /// <summary>Creates an endpoint of a client.</summary>
    /// <param name="client">The client for fal.</param>
    /// <param name="endpointId">The id as on fal's pages: <c>owner/app/path</c>.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    public FalEndpoint(FalClient client, string endpointId)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _id = FalEndpointId.Parse(endpointId);
        EndpointId = _id.ToString();
        _calls = new EndpointCalls(client, _id);
    }

    /// <summary>Creates an endpoint without a client, for mocking libraries: methods that are not replaced throw.</summary>
    /// <param name="endpointId">The id as on fal's pages.</param>
    /// <exception cref="ArgumentException">The text is not an endpoint id.</exception>
    protected FalEndpoint(string endpointId)
    {
        _id = FalEndpointId.Parse(endpointId);
        EndpointId = _id.ToString();
    }

    /// <summary>The id as on fal's pages.</summary>
    public string EndpointId { get; }

    /// <summary>The client for fal.</summary>
    /// <exception cref="InvalidOperationException">The endpoint was made for a mock.</exception>
    public FalClient Client => _client
        ?? throw new InvalidOperationException(
            $"This client of '{EndpointId}' was made for a mock and has no FalClient. Replace the method that was called.");

    private EndpointCalls Calls => _calls ?? new EndpointCalls(Client, _id);

    /// <summary>Returns all problems of a request that the local checks find; empty if there are none. Local files are not opened.</summary>
    /// <param name="request">The input.</param>
    public virtual IReadOnlyList<FalProblem> Check(TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var checks = new FalChecks();
        request.Check(checks);
        return FalPropertyPath.Fill(checks.Problems);
    }

    /// <summary>
    /// Returns all problems of a request, as <see cref="Check"/>, and those of its local files, which are opened. Nothing is
    /// uploaded or sent.
    /// </summary>
    /// <param name="request">The input.</param>
    /// <param name="cancellationToken">Stops the reading of files.</param>
    public virtual async Task<IReadOnlyList<FalProblem>> CheckAsync(TRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var checks = new FalChecks();
        request.Check(checks);
        return FalPropertyPath.Fill(await LocalMedia.CheckAsync(checks, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Estimates the cost of a request with the client's price list. Nothing is sent and no file is opened. Local media count
    /// as present; properties that the request leaves out count with the server's defaults.
    /// </summary>
    /// <param name="request">The input.</param>
    public virtual FalCostEstimate EstimateCost(TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        const string UploadedLater = "https://uploaded.invalid/";
        using var json = JsonDocument.Parse(FalRequestBody.FromRequest(request).Complete(static _ => UploadedLater));
        return Client.Options.Prices.Estimate(EndpointId, json.RootElement);
    }

    /// <summary>
    /// Estimates the cost of a request: with the price list as <see cref="EstimateCost"/>, or, if that has no price, with the
    /// average that fal reports for earlier requests, which ignores the parameters. The average is fetched once per endpoint
    /// and hour; cost limits do not use it.
    /// </summary>
    /// <param name="request">The input.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public virtual async Task<FalCostEstimate> EstimateCostAsync(TRequest request, CancellationToken cancellationToken = default)
    {
        var estimate = EstimateCost(request);
        if (estimate.IsKnown) return estimate;
        var historical = await Client.Platform.GetHistoricalCostAsync(EndpointId, cancellationToken).ConfigureAwait(false);
        return historical.IsKnown ? historical : FalCostEstimate.Unknown($"{estimate.Reason} In addition, {historical.Reason}");
    }

    /// <summary>Uploads local media, queues the request and returns at once with a handle to the job.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Submit options.</param>
    /// <param name="cancellationToken">Stops this call. A request that is being sent at that time may still become a job.</param>
    /// <exception cref="FalValidationException">The request has problems; nothing was sent.</exception>
    /// <exception cref="FalCostLimitException">The request may cost more than allowed; nothing was sent.</exception>
    /// <exception cref="FalRequestRejectedException">fal refused the request.</exception>
    /// <exception cref="FalOutcomeUnknownException">A job may be running; the exception has its ids, if known.</exception>
    /// <exception cref="FalSubmitCancelledException">The token was cancelled while the request was under way: a job may be running.</exception>
    public virtual async Task<FalJob<TResult>> SubmitAsync(
        TRequest request,
        FalSubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options = Checked(options);
        using var scope = new WaitScope(Client.Services, options, cancellationToken) { EndpointId = EndpointId, Submits = true };
        return await scope.GuardAsync(QueueAsync(scope, request, options)).ConfigureAwait(false);
    }

    /// <summary>Submits, waits and returns the result.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Options for submitting and for waiting.</param>
    /// <param name="cancellationToken">Stops the wait. The job is stopped only if the options require it.</param>
    public virtual async Task<TResult> RunAsync(TRequest request, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = Checked(options);
        using var scope = new WaitScope(Client.Services, options, cancellationToken) { EndpointId = EndpointId, Submits = true };
        var job = await scope.GuardAsync(QueueAsync(scope, request, options)).ConfigureAwait(false);
        return await job.GetResultAsync(scope, job.Merge(options)).ConfigureAwait(false);
    }

    /// <summary>Submits, reports every update, waits and returns the result.</summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Options for submitting and for waiting.</param>
    /// <param name="progress">Receives every update. The first comes with the submit and has the request id.</param>
    /// <param name="cancellationToken">Stops the wait. The job is stopped only if the options require it.</param>
    public virtual async Task<TResult> RunAsync(
        TRequest request, FalSubmitOptions? options, IProgress<FalJobUpdate> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        options = Checked(options);
        using var scope = new WaitScope(Client.Services, options, cancellationToken) { EndpointId = EndpointId, Submits = true };
        var job = await scope.GuardAsync(QueueAsync(scope, request, options)).ConfigureAwait(false);
        var wait = job.Merge(options);
        using var reader = job.Tracker.Telemetry.ExpectResult();
        await foreach (var update in job.WatchAsync(scope, wait).ConfigureAwait(false)) progress.Report(update);
        return await job.GetResultAsync(scope, wait).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs the request within one call, without the queue. The answer comes sooner, but the call cannot be resumed: if the
    /// answer is lost, the result is lost although it is charged. fal stops the work when the call ends early.
    /// </summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Submit options; those that need the queue, such as a webhook, are refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual async Task<TResult> RunDirectAsync(
        TRequest request,
        FalSubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options = Checked(options, direct: true);
        using var scope = new WaitScope(Client.Services, options, cancellationToken) { EndpointId = EndpointId, StopsWithCall = true };
        return await scope.GuardAsync(CallAsync(scope, request, options)).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs the request within one call and reads the model's events as they arrive; for endpoints that stream. Nothing is
    /// sent before the stream is read.
    /// </summary>
    /// <param name="request">The input.</param>
    /// <param name="options">Submit options; those that need the queue, such as a webhook, are refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual FalStreamedResult<TResult> StreamAsync(
        TRequest request,
        FalSubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        options = Checked(options, direct: true);
        return new FalStreamedResult<TResult>(Client, EndpointId, options, OpenAsync, cancellationToken);

        async Task<HttpResponseMessage> OpenAsync(WaitScope scope)
        {
            var response = await SendAsync(scope, request, options, body => Calls.OpenStreamAsync(body, options, scope.Token)).ConfigureAwait(false);
            scope.Cost?.Settle(EndpointCalls.DescribeDirect(EndpointId, response).BillableUnits);
            return response;
        }
    }

    // Emitted clients are for C#, in which Resume is not a keyword.
#pragma warning disable CA1716
    /// <summary>Creates a handle to a job that was submitted earlier, by this or another process. Nothing is sent.</summary>
    /// <param name="requestId">fal's id of the job.</param>
    /// <exception cref="ArgumentException">The text cannot be a request id.</exception>
    public virtual FalJob<TResult> Resume(string requestId)
        => new(new JobTracker(Client.Services, JobAddress.ForId(_id, requestId), age: null), null);

    /// <summary>Creates a handle to a job that was submitted earlier, by this or another process. Nothing is sent.</summary>
    /// <param name="token">The return value of <see cref="FalJob{TResult}.ToToken"/>.</param>
    /// <exception cref="ArgumentException">The token is for another endpoint or another queue, or was tampered with.</exception>
    public virtual FalJob<TResult> Resume(FalJobToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.EndpointId != EndpointId)
        {
            throw new ArgumentException($"The job token is for endpoint '{token.EndpointId}', not for '{EndpointId}'.", nameof(token));
        }
        var address = JobAddress.FromToken(token, Client.Transport.QueueAddress);
        var age = Client.Transport.Time.GetUtcNow() - token.SubmittedAt;
        return new FalJob<TResult>(new JobTracker(Client.Services, address, age < TimeSpan.Zero ? TimeSpan.Zero : age), null);
    }

#pragma warning restore CA1716

    /// <summary>The id.</summary>
    public override string ToString() => EndpointId;

    private static FalSubmitOptions Checked(FalSubmitOptions? options, bool direct = false)
    {
        if (options is null) return NoOptions;
        options.Validate();
        SubmitHeaders.Validate(options, direct);
        return options;
    }

    private async Task<FalJob<TResult>> QueueAsync(WaitScope scope, TRequest request, FalSubmitOptions options)
    {
        var span = FalTelemetry.StartSubmit(EndpointId);
        return await ReportingAsync(span, QueueAsync(scope, request, options, span)).ConfigureAwait(false);
    }

    private async Task<FalJob<TResult>> QueueAsync(WaitScope scope, TRequest request, FalSubmitOptions options, Activity? span)
    {
        var tracker = await SendAsync(scope, request, options, body =>
        {
            scope.Sent = new SentBody(body, Client.Transport.Time.GetUtcNow());
            return Calls.SubmitAsync(body, options, scope.Token);
        }).ConfigureAwait(false);
        scope.Job = tracker.Address;
        var job = new FalJob<TResult>(tracker, ReferenceEquals(options, NoOptions) ? null : options) { Cost = scope.Cost };
        span?.SetTag("fal.request_id", job.RequestId);
        tracker.Telemetry.Submitted();
        if (options.OnAccepted is { } onAccepted) await AnnounceAsync(onAccepted, job.ToToken(), scope.Token).ConfigureAwait(false);
        return job;
    }

    private static async Task AnnounceAsync(
        Func<FalJobToken, CancellationToken, ValueTask> onAccepted, FalJobToken token, CancellationToken cancellationToken)
    {
        try
        {
            await onAccepted(token, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new FalOutcomeUnknownException(
                "fal accepted the request, but FalSubmitOptions.OnAccepted failed. "
                + "The job is running and may be charged: keep this exception's Token and resume it.",
                ex)
            { Token = token, RequestId = token.RequestId };
        }
    }

    private async Task<TResult> CallAsync(WaitScope scope, TRequest request, FalSubmitOptions options)
    {
        var span = FalTelemetry.StartDirectRun(EndpointId);
        return await ReportingAsync(span, CallNowAsync(scope, request, options)).ConfigureAwait(false);
    }

    /// <summary>Reports a failure of a submit or a direct run to the span and the observer, and ends the span.</summary>
    private async Task<T> ReportingAsync<T>(Activity? span, Task<T> call)
    {
        var started = Client.Transport.Time.GetTimestamp();
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            FalTelemetry.Fail(span, FalTelemetry.ErrorTypeOf(ex));
            var observer = Client.Transport.Observer;
            if (ex is FalValidationException refused)
            {
                observer.Notify(new FalRefusedEvent(EndpointId, refused.Problems.Count), static (observer, refused) => observer.OnRefused(refused));
            }
            else if (ex is FalException or FalSubmitCancelledException)
            {
                var failed = new FalSubmitFailedEvent(EndpointId, FalTelemetry.ErrorTypeOf(ex), Client.Transport.Time.GetElapsedTime(started))
                {
                    RequestId = (ex as FalException)?.RequestId ?? (ex as FalSubmitCancelledException)?.RequestId,
                    StatusCode = (ex as FalException)?.StatusCode,
                    IsOutcomeUnknown = ex is FalOutcomeUnknownException or FalSubmitCancelledException,
                };
                observer.Notify(failed, static (observer, failed) => observer.OnSubmitFailed(failed));
            }
            throw;
        }
        finally
        {
            FalTelemetry.End(span);
        }
    }

    private async Task<TResult> CallNowAsync(WaitScope scope, TRequest request, FalSubmitOptions options)
    {
        var (answer, call) = await SendAsync(scope, request, options, body => Calls.RunDirectAsync(body, options, scope.Token))
            .ConfigureAwait(false);
        scope.Cost?.Settle(call.BillableUnits);
        return FalJson.Read<TResult>(answer, FalReadContext.ForCall(Client.Transport, call));
    }

    /// <summary>Sends a request: checks it, checks the cost limits, serializes it once, uploads local media, and makes the call.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> SendAsync<T>(WaitScope scope, TRequest request, FalSubmitOptions options, Func<ReadOnlyMemory<byte>, Task<T>> send)
    {
        ArgumentNullException.ThrowIfNull(request);
        FalChecks? checks = null;
        if (options.SkipLocalChecks != true)
        {
            checks = new FalChecks();
            request.Check(checks);
            await LocalMedia.ThrowIfInvalidAsync(checks, scope.Token).ConfigureAwait(false);
        }
        if ((options.Costs ?? Client.Options.Costs) is { } costs)
        {
            var call = new CostedCall(this, request, scope);
            await costs.ReserveAsync(call, Client.Options, Client.Budget, options.MaxCost, scope.Token).ConfigureAwait(false);
        }
        try
        {
            var body = FalRequestBody.FromRequest(request);
            var bytes = await LocalMedia.UploadAsync(body, checks, Client.Files, scope.Token).ConfigureAwait(false);
            scope.Cost?.MarkSent();
            return await send(bytes).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            scope.Cost?.Fail(ex);
            throw;
        }
    }

    private sealed class CostedCall(FalEndpoint<TRequest, TResult> endpoint, TRequest request, WaitScope scope) : ICostedCall
    {
        public FalCostEstimate EstimateCost() => endpoint.EstimateCost(request);

        public void Reserve(FalBudget budget, decimal amount)
            => scope.Cost = new CostReservation(endpoint.Client.Services, budget, amount, endpoint.EndpointId);
    }
}
