using System.Diagnostics;

namespace Fal;

/// <summary>Options for submitting a request and waiting for its result. What is null is not sent: fal, or the client's options, decide.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalSubmitOptions : FalWaitOptions
{
    /// <summary>Where fal posts the result when the job is over. fal does not deliver to private or loopback addresses.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The place among the other jobs of the account.</summary>
    public FalPriority? Priority { get; init; }

    /// <summary>
    /// How long the job may take to start, more than one second; after that fal fails it with <c>startup_timeout</c> or
    /// <c>request_timeout</c>.
    /// </summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>The submit is refused with 429 if the endpoint's queue is longer than this.</summary>
    public int? MaxQueueLength { get; init; }

    /// <summary>Jobs with the same hint go to the same runner where possible.</summary>
    public string? RunnerHint { get; init; }

    /// <summary>True asks fal not to repeat the job on its side when a runner fails.</summary>
    public bool? NoServerRetries { get; init; }

    /// <summary>How often fal repeats on its side. <see cref="NoServerRetries"/> beats it.</summary>
    public FalServerRetries? ServerRetries { get; init; }

    /// <summary>False asks fal not to keep input and output. Fetch the result soon after the end, or take it from the webhook.</summary>
    public bool? StoreIo { get; init; }

    /// <summary>For how long fal keeps the files the job makes, and who may read them.</summary>
    public FalLifecycle? OutputLifecycle { get; init; }

    /// <summary>True asks fal not to run the job at another provider when its own fails.</summary>
    public bool? DisableFallbacks { get; init; }

    /// <summary>
    /// The most that this call may cost, in the currency of <see cref="FalClientOptions.Prices"/>. An estimate whose upper end is more, or that is
    /// unknown, ends in <see cref="FalCostLimitException"/> before anything is sent or uploaded. Null means no limit.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>
    /// Labels for the account's spending report: at most 10; a name of 1 to 64 of <c>a-z 0-9 . _ -</c> that does not begin with <c>fal.</c>,
    /// a value of at most 256 printable ASCII characters without a comma, 1,024 bytes in all.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>
    /// More headers for this call. Those of the connection and of identity (<c>Authorization</c>, <c>Host</c>,
    /// <c>Cookie</c>, <c>Content-*</c> and their like) are refused, and where an option above says the same thing it
    /// wins.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>True sends the request without checking it here first: for a spec that lags behind fal. Null is false.</summary>
    public bool? SkipLocalChecks { get; init; }

    /// <summary>
    /// Awaited as soon as fal has accepted the request, before <c>SubmitAsync</c> or <c>RunAsync</c> go on: store the token here, so that a process
    /// that dies afterwards can resume the job. If it throws, the call ends with <see cref="FalOutcomeUnknownException"/>, which holds the token. It
    /// needs the queue, and does not count when options are compared. See docs/CRASHES.md for the gap that remains before it.
    /// </summary>
    public Func<FalJobToken, CancellationToken, ValueTask>? OnAccepted
    {
        get => _onAccepted.Value;
        init => _onAccepted = new AcceptedCallback(value);
    }

    private readonly AcceptedCallback _onAccepted;

    /// <summary>The kind of options and where the webhook goes. What may be secret (its query, headers of your own) is left out.</summary>
    public override string ToString()
        => Webhook is null ? nameof(FalSubmitOptions) : $"{nameof(FalSubmitOptions)} (webhook {Webhook.GetLeftPart(UriPartial.Path)})";

    // A callback is no value: options that say the same are equal, whatever they call. All instances being equal takes it out of the record's
    // equality.
    private readonly struct AcceptedCallback(Func<FalJobToken, CancellationToken, ValueTask>? value) : IEquatable<AcceptedCallback>
    {
        public Func<FalJobToken, CancellationToken, ValueTask>? Value { get; } = value;

        public bool Equals(AcceptedCallback other) => true;

        public override bool Equals(object? obj) => obj is AcceptedCallback;

        public override int GetHashCode() => 0;
    }
}
