using System.Diagnostics;

namespace Fal;

/// <summary>
/// Options for submitting a request and waiting for its result. A null option is not sent: the default of fal or of the
/// client's options applies.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalSubmitOptions : FalWaitOptions
{
    /// <summary>The URL to which fal posts the result when the job has ended. fal does not deliver to private or loopback addresses.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The priority among the other jobs of the account.</summary>
    public FalPriority? Priority { get; init; }

    /// <summary>
    /// Maximum time until the job starts, more than one second; after that fal fails it with <c>startup_timeout</c> or
    /// <c>request_timeout</c>.
    /// </summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>The submit is refused with 429 if the endpoint's queue is longer than this.</summary>
    public int? MaxQueueLength { get; init; }

    /// <summary>Jobs with the same hint go to the same runner where possible.</summary>
    public string? RunnerHint { get; init; }

    /// <summary>True disables fal's own retries of the job when a runner fails.</summary>
    public bool? NoServerRetries { get; init; }

    /// <summary>Limits for fal's own retries. <see cref="NoServerRetries"/> takes precedence.</summary>
    public FalServerRetries? ServerRetries { get; init; }

    /// <summary>False requests that fal does not store input and output. Fetch the result soon after the end, or take it from the webhook.</summary>
    public bool? StoreIo { get; init; }

    /// <summary>The lifetime and access rules of the files that the job produces.</summary>
    public FalLifecycle? OutputLifecycle { get; init; }

    /// <summary>True requests that fal does not run the job at another provider if its own fails.</summary>
    public bool? DisableFallbacks { get; init; }

    /// <summary>
    /// The maximum cost of this call, in the currency of <see cref="FalClientOptions.Prices"/>. If the upper end of the
    /// estimate is higher, or the estimate is unknown, the call ends in <see cref="FalCostLimitException"/> before anything
    /// is sent or uploaded. Null means no limit.
    /// </summary>
    public decimal? MaxCost
    {
        get => _maxCost;
        init => (_maxCost, Costs) = (value, value is null ? null : CostChecks.Instance);
    }

    private readonly decimal? _maxCost;

    /// <summary>The cost checks of the call; null if there is no limit.</summary>
    internal CostChecks? Costs { get; private init; }

    /// <summary>
    /// Labels for the account's spending report: at most 10; a name of 1 to 64 of <c>a-z 0-9 . _ -</c> that does not begin with <c>fal.</c>,
    /// a value of at most 256 printable ASCII characters without a comma, 1,024 bytes in all.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>
    /// Additional headers for this call. Headers of the connection and of identity (<c>Authorization</c>, <c>Host</c>,
    /// <c>Cookie</c>, <c>Content-*</c> and similar) are refused. An option above takes precedence over a header for the same
    /// setting.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>True sends the request without local checks: for a spec that is older than fal's. Null is false.</summary>
    public bool? SkipLocalChecks { get; init; }

    /// <summary>
    /// Callback that is awaited as soon as fal has accepted the request, before <c>SubmitAsync</c> or <c>RunAsync</c>
    /// continue: store the token here, so that the job can be resumed if the process dies afterwards. If the callback throws,
    /// the call ends with <see cref="FalOutcomeUnknownException"/>, which contains the token. The callback needs the queue,
    /// and the equality of options ignores it. See docs/CRASHES.md for the gap that remains before it.
    /// </summary>
    public Func<FalJobToken, CancellationToken, ValueTask>? OnAccepted
    {
        get => _onAccepted.Value;
        init => _onAccepted = new AcceptedCallback(value);
    }

    private readonly AcceptedCallback _onAccepted;

    /// <summary>
    /// The type name, and the URL of the webhook if there is one. Values that may be secret (its query, additional headers)
    /// are left out.
    /// </summary>
    public override string ToString()
        => Webhook is null ? nameof(FalSubmitOptions) : $"{nameof(FalSubmitOptions)} (webhook {Webhook.GetLeftPart(UriPartial.Path)})";

    // The equality of options ignores the callback. All instances are equal, which takes the field out of the record's equality.
    private readonly struct AcceptedCallback(Func<FalJobToken, CancellationToken, ValueTask>? value) : IEquatable<AcceptedCallback>
    {
        public Func<FalJobToken, CancellationToken, ValueTask>? Value { get; } = value;

        public bool Equals(AcceptedCallback other) => true;

        public override bool Equals(object? obj) => obj is AcceptedCallback;

        public override int GetHashCode() => 0;
    }
}
