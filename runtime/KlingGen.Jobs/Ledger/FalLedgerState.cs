namespace Fal.Jobs;

/// <summary>
/// The state of an entry: <c>Queued → Uploading → Submitting → Submitted → Finished → Saved</c>; aside are <c>Failed</c>,
/// <c>Cancelled</c>, <c>Unknown</c> and <c>Paused</c>.
/// </summary>
public enum FalLedgerState
{
    /// <summary>Nothing was sent.</summary>
    Queued,

    /// <summary>Local media are being uploaded. Repeatable; it ends when the wire body is stored.</summary>
    Uploading,

    /// <summary>
    /// The intent to submit is written, and the request may be on its way. An entry that is found in this state after its lease becomes
    /// <see cref="Unknown"/>; it is never sent again from here.
    /// </summary>
    Submitting,

    /// <summary>fal has accepted the job, and its token is stored.</summary>
    Submitted,

    /// <summary>The job succeeded, and its result is stored. Its files are not saved yet.</summary>
    Finished,

    /// <summary>The files are saved. The end.</summary>
    Saved,

    /// <summary>The request was refused, the job failed, or a file could not be read or saved. The reason names it.</summary>
    Failed,

    /// <summary>The entry was stopped before it was submitted, or its job was cancelled.</summary>
    Cancelled,

    /// <summary>
    /// A job may be running or done, and its request id is not known, or fal does not find the job with that id (HTTP 404). The entry is resolved
    /// or left for a person; it is never submitted again without a decision.
    /// </summary>
    Unknown,

    /// <summary>A person holds the entry back. Nothing was sent.</summary>
    Paused,
}
