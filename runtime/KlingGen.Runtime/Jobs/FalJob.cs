using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fal.Wire;

namespace Fal;

/// <summary>
/// A job at fal. It runs there whether or not this process waits: a token that is cancelled, a deadline that passes and a process that ends stop the
/// waiting only, <see cref="CancelAsync"/> stops the job. Any number of callers may use one handle at the same time; they share one loop of polls.
/// </summary>
/// <typeparam name="TResult">What the endpoint makes.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalJob<TResult>
    where TResult : class, IFalObject<TResult>
{
    private readonly JobTracker _tracker;
    private readonly FalWaitOptions _defaults;
    private JobOutcome? _outcome;
    private TResult? _result;

    internal FalJob(JobTracker tracker, FalWaitOptions? defaults)
    {
        _tracker = tracker;
        _defaults = defaults is null ? FalWaitOptions.Default : FalWaitOptions.Default.WithDefaults(defaults);
    }

    /// <summary>fal's id of the job. Together with the endpoint it is enough to resume the job anywhere.</summary>
    public string RequestId => _tracker.Address.RequestId;

    /// <summary>The endpoint that runs the job.</summary>
    public string EndpointId => _tracker.Address.Endpoint.ToString();

    /// <summary>The reservation in the client's budget; null where there is no budget.</summary>
    internal CostReservation? Cost { get; init; }

    /// <summary>The time of the submit; null if it is not known.</summary>
    public DateTimeOffset? SubmittedAt => _tracker.Address.SubmittedAt;

    /// <summary>The URL of the status.</summary>
    public Uri StatusUrl => UrlOf(_tracker.Address.Status);

    /// <summary>Where the result is fetched.</summary>
    public Uri ResultUrl => UrlOf(_tracker.Address.Result);

    /// <summary>Where the job is cancelled.</summary>
    public Uri CancelUrl => UrlOf(_tracker.Address.Cancel);

    /// <summary>The last status that any user of this handle received; null before the first. Asks nothing.</summary>
    public FalJobStatus? LastStatus => _tracker.Latest;

    /// <summary>How many jobs are ahead in the queue, as last heard.</summary>
    public int? QueuePosition => LastStatus?.QueuePosition;

    /// <summary>The inference time; null until the job is over, and if fal does not report it.</summary>
    public TimeSpan? InferenceTime => LastStatus?.InferenceTime;

    /// <summary>The cost of the job in units of the endpoint's price; null until the result was fetched, and if fal does not report it.</summary>
    public decimal? BillableUnits => Volatile.Read(ref _outcome)?.BillableUnits;

    /// <summary>Gets the status of the job with one request. Once the job is over, no request is sent.</summary>
    /// <param name="logs">True requests the log lines as well.</param>
    /// <param name="cancellationToken">Stops the asking, not the job.</param>
    public async Task<FalJobStatus> GetStatusAsync(bool logs = false, CancellationToken cancellationToken = default)
    {
        using var scope = Scope(null, cancellationToken);
        return await scope.GuardAsync(_tracker.GetStatusAsync(logs, scope.Token)).ConfigureAwait(false);
    }

    /// <summary>Waits until the job is over, whether it succeeded or not.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the job.</param>
    /// <exception cref="FalTimeoutException">The deadline passed.</exception>
    public Task<FalJobStatus> WaitAsync(CancellationToken cancellationToken = default) => WaitAsync(FalWaitOptions.Default, cancellationToken);

    /// <summary>Waits until the job is over, whether it succeeded or not.</summary>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Stops the waiting; cancels the job only if the options request it.</param>
    /// <exception cref="FalTimeoutException">The deadline passed.</exception>
    public async Task<FalJobStatus> WaitAsync(FalWaitOptions options, CancellationToken cancellationToken = default)
    {
        var wait = Merge(options);
        using var scope = Scope(wait, cancellationToken);
        return await scope.GuardAsync(_tracker.TrackAsync(wait, logs: false, scope.Token)).ConfigureAwait(false);
    }

    /// <summary>Waits until the job is over and returns its result.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the job.</param>
    /// <exception cref="FalJobFailedException">The job failed.</exception>
    /// <exception cref="FalRequestRejectedException">The model did not accept the input.</exception>
    /// <exception cref="FalJobCancelledException">The job was cancelled.</exception>
    /// <exception cref="FalTimeoutException">The deadline passed.</exception>
    /// <exception cref="FalResponseTooLargeException">The result is longer than the client's limit; resume its token with a larger one.</exception>
    /// <exception cref="FalProtocolException">The result has another shape than expected; the exception and
    /// <see cref="GetRawResultAsync"/> hold it as it is.</exception>
    public Task<TResult> GetResultAsync(CancellationToken cancellationToken = default) => GetResultAsync(FalWaitOptions.Default, cancellationToken);

    /// <summary>Waits until the job is over and returns its result.</summary>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Stops the waiting; cancels the job only if the options request it.</param>
    public Task<TResult> GetResultAsync(FalWaitOptions options, CancellationToken cancellationToken = default)
    {
        var wait = Merge(options);
        return GetResultAsync(Scope(wait, cancellationToken), wait);
    }

    /// <summary>
    /// Gets the result of a job that is over; null for one that is not. For callers with timers of their own: the telemetry of the
    /// end has the billable units, which the status lacks. Throws as <see cref="GetResultAsync(CancellationToken)"/> does.
    /// </summary>
    /// <param name="options">How to wait for the result of a job that is over.</param>
    /// <param name="cancellationToken">Stops the asking, not the job.</param>
    public async Task<TResult?> TryGetResultAsync(FalWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var reader = _tracker.Telemetry.ExpectResult();
        var status = await GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return status.IsFinal ? await GetResultAsync(options ?? FalWaitOptions.Default, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Waits until the job is over and returns its result as raw JSON, byte for byte.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the job.</param>
    public Task<FalRawJson> GetRawResultAsync(CancellationToken cancellationToken = default)
        => FetchAsync(Scope(_defaults, cancellationToken), _defaults, static (_, outcome) => new FalRawJson(outcome.Body));

    /// <summary>
    /// What happens to the job from now until it is over: each change of its state and of its place in the queue, and
    /// each line the model writes, once. The first update is the current state, the last one the end;
    /// whether it succeeded, use <see cref="GetResultAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="options">How to wait.</param>
    /// <param name="cancellationToken">Stops the watching, not the job.</param>
    public async IAsyncEnumerable<FalJobUpdate> WatchAsync(
        FalWaitOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wait = Merge(options ?? FalWaitOptions.Default);
        using var scope = Scope(wait, cancellationToken);
        await foreach (var update in WatchAsync(scope, wait).ConfigureAwait(false)) yield return update;
    }

    /// <summary>Requests the cancellation of the job. A job that is over or not found is an outcome, not an error.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<FalCancelOutcome> CancelAsync(CancellationToken cancellationToken = default)
    {
        using var scope = Scope(null, cancellationToken);
        return await scope.GuardAsync(_tracker.CancelAsync(scope.Token)).ConfigureAwait(false);
    }

    /// <summary>
    /// The cost of the job: billed units times unit price, looked up once per endpoint and hour. Fetch the result first; before, and where the lookup
    /// fails, the cost is unknown with the reason. It is never an exception and never zero for want of data.
    /// </summary>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    public async Task<FalCost> GetCostAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _outcome) is null) return FalCost.Unknown(null, "the result has not been fetched yet.");
        var call = new FalCallInfo { EndpointId = EndpointId, RequestId = RequestId, BillableUnits = BillableUnits };
        return await _tracker.Services.Platform.GetCostAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What another process needs to resume this job.</summary>
    public FalJobToken ToToken() => _tracker.Address.ToToken(_tracker.Services.Transport.QueueAddress);

    /// <summary>The endpoint, the job and its last known state.</summary>
    public override string ToString() => $"{EndpointId} {RequestId}{(LastStatus is { } status ? " " + status : "")}";

    internal JobTracker Tracker => _tracker;

    /// <summary>The same within a scope, which it disposes.</summary>
    internal Task<TResult> GetResultAsync(WaitScope scope, FalWaitOptions wait)
        => FetchAsync(scope, wait, static (job, outcome) => job.ReadResult(outcome));

    private TResult ReadResult(JobOutcome outcome)
    {
        if (Volatile.Read(ref _result) is { } known) return known;
        var call = new FalCallInfo
        {
            EndpointId = EndpointId,
            RequestId = RequestId,
            BillableUnits = outcome.BillableUnits,
            InferenceTime = InferenceTime,
        };
        try
        {
            var result = FalJson.Read<TResult>(outcome.Body, FalReadContext.ForCall(_tracker.Services.Transport, call));
            // All callers get the same object.
            return Interlocked.CompareExchange(ref _result, result, null) ?? result;
        }
        catch (FalProtocolException ex)
        {
            ex.Attach(ToToken());
            throw;
        }
    }

    internal async IAsyncEnumerable<FalJobUpdate> WatchAsync(WaitScope scope, FalWaitOptions wait)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(scope.Token);
        var seen = _tracker.News;
        Task tracking = _tracker.TrackAsync(wait, logs: true, leave.Token);
        try
        {
            if (seen.Status is { } known) yield return new FalJobUpdate { RequestId = RequestId, Status = known, NewLogs = known.Logs };
            while (seen.Status is not { IsFinal: true })
            {
                var (news, changed) = _tracker.GetNext(seen);
                if (news is null)
                {
                    await scope.GuardAsync(EitherAsync(tracking, changed)).ConfigureAwait(false);
                    continue;
                }
                var lines = seen.Status?.Logs.Count ?? 0;
                seen = news;
                yield return new FalJobUpdate { RequestId = RequestId, Status = news.Status!, NewLogs = [.. news.Status!.Logs.Skip(lines)] };
            }
        }
        finally
        {
            await leave.CancelAsync().ConfigureAwait(false);
            await tracking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal FalWaitOptions Merge(FalWaitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return ReferenceEquals(options, FalWaitOptions.Default) ? _defaults : options.WithDefaults(_defaults);
    }

    // Every waiting job has one of these state machines, so it calls no GuardAsync, which would be another.
    private async Task<T> FetchAsync<T>(WaitScope scope, FalWaitOptions wait, Func<FalJob<TResult>, JobOutcome, T> read)
    {
        using (scope)
        {
            using var reader = _tracker.Telemetry.ExpectResult();
            JobOutcome outcome;
            try
            {
                await ((Task)_tracker.TrackAsync(wait, logs: false, scope.Token)).ConfigureAwait(false);
                outcome = await _tracker.FetchAsync(wait, scope.Token).ConfigureAwait(false);
            }
            catch (Exception ex)
            {
                await scope.ThrowForCallerAsync(ex).ConfigureAwait(false);
                throw;
            }
            Volatile.Write(ref _outcome, outcome);
            Cost?.Settle(outcome);
            if (outcome.Error is null) return read(this, outcome);
            outcome.Error.Attach(ToToken());
            throw outcome.Error;
        }
    }

    private static async Task<bool> EitherAsync(Task tracking, Task changed)
    {
        var first = await Task.WhenAny(tracking, changed).ConfigureAwait(false);
        // Known updates are returned before the error, even to a late watcher.
        await (changed.IsCompleted ? changed : first).ConfigureAwait(false);
        return true;
    }

    private WaitScope Scope(FalWaitOptions? wait, CancellationToken cancellationToken) =>
        new(_tracker.Services, wait ?? _defaults.WithoutCancellation(), cancellationToken)
        {
            EndpointId = EndpointId,
            Job = _tracker.Address,
        };

    private Uri UrlOf(string path) => new(_tracker.Services.Transport.QueueAddress.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
}
