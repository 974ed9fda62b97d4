using System.Diagnostics;
using System.Text;

namespace Fal.Emulation;

/// <summary>What became of the delivery of a webhook.</summary>
public enum FalWebhookOutcome
{
    /// <summary>It is under way.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It is not tried again: the receiver answered with a redirect, or the address is on another machine.</summary>
    Refused,

    /// <summary>Every attempt failed.</summary>
    GivenUp,
}

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="At">When it was sent, on the emulator's clock.</param>
/// <param name="StatusCode">What the receiver answered; null if it did not.</param>
/// <param name="Problem">Why there was no answer; null if there was one.</param>
public sealed record FalWebhookAttempt(DateTimeOffset At, int? StatusCode, string? Problem);

/// <summary>A webhook that the emulator delivers, or tried to.</summary>
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

    /// <summary>The job that it reports on.</summary>
    public string RequestId { get; }

    /// <summary>Where it goes.</summary>
    public Uri Url { get; }

    /// <summary>Its body: the same bytes with every attempt. Headers and signature are new each time.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Its body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>What became of it.</summary>
    public FalWebhookOutcome Outcome { get; private set; }

    /// <summary>The attempts that are over.</summary>
    public IReadOnlyList<FalWebhookAttempt> Attempts { get { lock (_lock) return [.. _attempts]; } }

    /// <summary>Completes once this many attempts are over, or the whole delivery is.</summary>
    /// <param name="attempts">How many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
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

    /// <summary>Job, attempts and outcome.</summary>
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
