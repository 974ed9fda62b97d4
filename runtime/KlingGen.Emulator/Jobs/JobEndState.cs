namespace Fal.Emulation;

/// <summary>The outcome of a job.</summary>
internal enum JobEndState
{
    /// <summary>The job is not over.</summary>
    None,

    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It failed as scripted.</summary>
    Failed,

    /// <summary>The model rejected the request.</summary>
    Refused,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It did not start before its start timeout.</summary>
    StartTimedOut,
}
