namespace Fal.Jobs;

/// <summary>Options of a <see cref="FalJobRunner"/>. The limits of a batch are in its <see cref="FalJobPolicy"/>.</summary>
public sealed record FalJobRunnerOptions
{
    /// <summary>Saves the files of results.</summary>
    public required IFalJobSaver Saver { get; init; }

    /// <summary>
    /// Makes the URL to which fal posts the end of a job, which must carry <see cref="FalLedgerEntry.SubmitId"/>, signed:
    /// <c>entry => webhooks.UrlFor("jobs", entry.EndpointId, entry.SubmitId)</c> with KlingGen.AspNetCore. Its handler calls
    /// <see cref="FalJobRunner.RecordWebhookAsync(string, FalWebhook, CancellationToken)"/>. Null, the default, means polling alone.
    /// </summary>
    public Func<FalLedgerEntry, Uri?>? WebhookUrl { get; init; }

    /// <summary>Makes the options of a submit, such as tags. Null for the client's defaults. A deadline is set by the runner.</summary>
    public Func<FalLedgerEntry, FalSubmitOptions>? SubmitOptions { get; init; }

    /// <summary>How many entries this process works on at a time: uploads, submits, polls and downloads; 16 unless set.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>
    /// How long an entry stays with a process that died on another machine; 10 minutes unless set, and at least that. Entries of a process that died
    /// on this machine are taken over at the start.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The interval at which the ledger is polled for work that another process added, or that became due; 1 s by default.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Callback for errors that no entry stores, such as a ledger that cannot be reached; for a log. The runner continues.</summary>
    public Action<Exception>? OnError { get; init; }

    /// <summary>Where claimed entries are worked on; null, the default, for the process of the runner.</summary>
    public FalJobEngine? Engine { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Saver);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (Concurrency is < 1 or > 10_000) throw new ArgumentException("FalJobRunnerOptions.Concurrency must be 1 to 10,000.");
        if (Lease < TimeSpan.FromMinutes(10)) throw new ArgumentException("FalJobRunnerOptions.Lease must be at least 10 minutes.");
        if (PollInterval <= TimeSpan.Zero) throw new ArgumentException("FalJobRunnerOptions.PollInterval must be more than zero.");
    }
}
