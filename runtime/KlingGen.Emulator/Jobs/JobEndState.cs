namespace Fal.Emulation;

/// <summary>How a job ended.</summary>
internal enum JobEndState
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>It has a result.</summary>
    Succeeded,

    /// <summary>It failed as the script wants.</summary>
    Failed,

    /// <summary>The model refused the request.</summary>
    Refused,

    /// <summary>It was stopped.</summary>
    Cancelled,

    /// <summary>It did not start in time.</summary>
    StartTimedOut,
}
