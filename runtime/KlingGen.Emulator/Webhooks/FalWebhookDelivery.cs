using System.Diagnostics;
using System.Text;

namespace Fal.Emulation;

/// <summary>The outcome of a webhook delivery.</summary>
public enum FalWebhookOutcome
{
    /// <summary>The delivery is pending.</summary>
    Pending,

    /// <summary>The receiver accepted it.</summary>
    Delivered,

    /// <summary>It is not retried: the receiver answered with a redirect, or the URL is on another machine.</summary>
    Refused,

    /// <summary>Every attempt failed.</summary>
    GivenUp,
}

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="At">The time of the attempt, on the emulator's clock.</param>
/// <param name="StatusCode">The status code of the response; null if there was none.</param>
/// <param name="Problem">The error if there was no response; otherwise null.</param>
public sealed record FalWebhookAttempt(DateTimeOffset At, int? StatusCode, string? Problem);

/// <summary>A webhook delivery of the emulator, with its attempts.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalWebhookDelivery
{
    private readonly object _lock = new();
    private readonly List<FalWebhookAttempt> _attempts = [];
    private readonly List<(int Attempts, TaskCompletionSource Done)> _waits = [];

    internal FalWebhookDelivery(string requestId, Uri url, ReadOnlyMemory<byte> body)
    {
        RequestId = requestId;
        Url = url;
        Body = body;
    }

    /// <summary>The request id of the job.</summary>
    public string RequestId { get; }

    /// <summary>The URL of the receiver.</summary>
    public Uri Url { get; }

    /// <summary>The body: the same bytes in every attempt. Headers and signature are new in each attempt.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as a string.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The outcome.</summary>
    public FalWebhookOutcome Outcome { get; private set; }

    /// <summary>The completed attempts.</summary>
    public IReadOnlyList<FalWebhookAttempt> Attempts { get { lock (_lock) return [.. _attempts]; } }

    /// <summary>Completes after this number of attempts, or when the whole delivery is over.</summary>
    /// <param name="attempts">The number of attempts.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    public Task WaitForAttemptsAsync(int attempts, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_attempts.Count >= attempts || Outcome != FalWebhookOutcome.Pending) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((attempts, done));
            return done.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Returns the request id, the number of attempts and the outcome.</summary>
    public override string ToString() => FormattableString.Invariant($"webhook of {RequestId}: {Attempts.Count} attempts, {Outcome}");

    internal void Add(FalWebhookAttempt? attempt, FalWebhookOutcome outcome)
    {
        lock (_lock)
        {
            if (attempt is not null) _attempts.Add(attempt);
            Outcome = outcome;
            foreach (var wait in _waits)
            {
                if (_attempts.Count >= wait.Attempts || outcome != FalWebhookOutcome.Pending) wait.Done.TrySetResult();
            }
        }
    }
}
