namespace Fal.Jobs;

/// <summary>Options of <see cref="FalSubmitOnceExtensions.SubmitOnceAsync"/>.</summary>
public sealed record FalSubmitOnceOptions
{
    /// <summary>The batch of the ledger that has the entry, unless <see cref="Batch"/> names another: <c>once</c>.</summary>
    public const string DefaultBatch = "once";

    /// <summary>
    /// The batch that has the entry; keys are unique within it. <see cref="DefaultBatch"/> is added when it is missing and has no limits. Another one
    /// must be in the ledger: its window, budget and pauses count.
    /// </summary>
    public string Batch { get; init; } = DefaultBatch;

    /// <summary>
    /// Options of the submit, such as a webhook, tags or <c>MaxCost</c>. A deadline does not count: a submit under way is waited for.
    /// </summary>
    public FalSubmitOptions? Submit { get; init; }

    /// <summary>Makes the URL of the webhook from the entry, as <see cref="FalJobRunnerOptions.WebhookUrl"/> does.</summary>
    public Func<FalLedgerEntry, Uri?>? WebhookUrl { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
