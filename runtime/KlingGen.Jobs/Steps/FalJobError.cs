using System.Diagnostics;

namespace Fal.Jobs;

/// <summary>An error of a step, reduced to what decides the next state of the entry.</summary>
/// <param name="Class">What follows from it.</param>
/// <param name="Kind">The name of the exception, or fal's error type.</param>
/// <param name="Message">What happened.</param>
[DebuggerDisplay("{Class}: {Message,nq}")]
public sealed record FalJobError(FalJobErrorClass Class, string Kind, string Message)
{
    /// <summary>The <see cref="FalLedgerEntry.ErrorKind"/> of an entry whose job fal does not find.</summary>
    internal const string JobNotFoundKind = "job_not_found";

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows, ENOSPC and EDQUOT of Linux and macOS.
    private static readonly int[] DiskFullCodes = [unchecked((int)0x80070070), unchecked((int)0x80070027), 28, 69, 122];

    /// <summary>The Retry-After of fal's answer; null if there is none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the failed job cost; null where this is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Whether fal does not charge for the failure; <see cref="Cost"/>, if it is known, takes precedence.</summary>
    public bool IsUncharged { get; init; }

    /// <summary>The error of a submit, an upload, a save or a search.</summary>
    /// <param name="exception">What was thrown.</param>
    public static FalJobError FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var error = exception as FalException;
        var kind = error?.ErrorType ?? exception.GetType().Name;
        return new FalJobError(Classify(exception), kind, exception.Message)
        {
            RetryAfter = (exception as FalRateLimitException)?.RetryAfter,
            IsUncharged = error?.StatusCode is >= 500 || error is FalUnavailableException or FalRateLimitException or FalAuthenticationException,
        };
    }

    /// <summary>The error with which a job ended, or because of which its end could not be seen.</summary>
    /// <param name="exception">What was thrown.</param>
    public static FalJobError FromJob(Exception exception)
    {
        var error = FromException(exception);
        var type = exception switch
        {
            FalJobFailedException { IsTransient: true } => FalJobErrorClass.JobTransient,
            FalJobFailedException => FalJobErrorClass.JobFailed,
            FalJobCancelledException => FalJobErrorClass.JobCancelled,
            FalRequestRejectedException { StatusCode: 422 } => FalJobErrorClass.JobFailed,
            FalRequestRejectedException { StatusCode: 404 or 410 } => FalJobErrorClass.JobNotFound,
            FalAccountLockedException or FalAuthenticationException => error.Class,
            // The job was paid for, so nothing else ends it.
            _ => FalJobErrorClass.Temporary,
        };
        return error with { Class = type, Kind = type == FalJobErrorClass.JobNotFound ? JobNotFoundKind : error.Kind };
    }

    private static FalJobErrorClass Classify(Exception exception) => exception switch
    {
        FalAccountLockedException => FalJobErrorClass.AccountLocked,
        FalAuthenticationException => FalJobErrorClass.WrongKey,
        FalCostLimitException => FalJobErrorClass.OverBudget,
        FalValidationException or FalRequestRejectedException => FalJobErrorClass.Refused,
        FalRateLimitException or FalUnavailableException => FalJobErrorClass.Temporary,
        FalOutcomeUnknownException or FalSubmitCancelledException => FalJobErrorClass.OutcomeUnknown,
        FalJobCancelledException => FalJobErrorClass.JobCancelled,
        FalJobFailedException => FalJobErrorClass.JobFailed,
        ChangedMediaException or FileNotFoundException or DirectoryNotFoundException => FalJobErrorClass.Refused,
        IOException io when Array.IndexOf(DiskFullCodes, io.HResult) >= 0 => FalJobErrorClass.DiskFull,
        _ => FalJobErrorClass.Temporary,
    };
}

/// <summary>What follows from an error.</summary>
public enum FalJobErrorClass
{
    /// <summary>It may pass: the step is done again later.</summary>
    Temporary,

    /// <summary>The request, or a file of it, is invalid: the entry fails at once.</summary>
    Refused,

    /// <summary>A submit may have arrived: the entry is unknown.</summary>
    OutcomeUnknown,

    /// <summary>The account is locked: the batch is paused.</summary>
    AccountLocked,

    /// <summary>The key was not accepted: the batch is paused.</summary>
    WrongKey,

    /// <summary>The client's own budget does not suffice: the batch is paused.</summary>
    OverBudget,

    /// <summary>The disk of the results is full: the batch is paused.</summary>
    DiskFull,

    /// <summary>The job failed in a way that may pass: it is submitted again, as often as the policy allows.</summary>
    JobTransient,

    /// <summary>The job failed: the entry fails.</summary>
    JobFailed,

    /// <summary>The job was cancelled at fal.</summary>
    JobCancelled,

    /// <summary>
    /// fal does not find the job (HTTP 404): it has expired, or belongs to another account. After several such answers in a row the entry is unknown.
    /// </summary>
    JobNotFound,
}
