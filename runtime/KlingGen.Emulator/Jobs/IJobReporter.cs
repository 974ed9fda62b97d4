namespace Fal.Emulation;

/// <summary>Tells somebody that a job has ended.</summary>
internal interface IJobReporter
{
    /// <summary>Called once for each job that has a webhook, when it is over. Retries are the reporter's own affair.</summary>
    Task ReportAsync(EmulatedJob job, JobMoment end, CancellationToken cancellationToken);
}
