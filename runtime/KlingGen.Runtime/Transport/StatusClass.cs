namespace Fal;

/// <summary>The class of an HTTP status, for retries.</summary>
internal enum StatusClass
{
    /// <summary>Final answer, success or error: the same call returns it again.</summary>
    Final,

    /// <summary>Accepted, and still in progress.</summary>
    StillRunning,

    /// <summary>A limit was reached, and the request was not processed.</summary>
    Throttled,

    /// <summary>The server or a proxy could not answer at this time. Whether the request was processed is unknown.</summary>
    Transient,
}

/// <summary>
/// The classification of HTTP statuses. What follows from a class depends on the call: <see cref="RetryPolicy"/> decides for
/// one call; the polling loop, the result, uploads, downloads and the tool decide for theirs.
/// </summary>
internal static class HttpStatus
{
    public static StatusClass Classify(int status) => status switch
    {
        202 => StatusClass.StillRunning,
        // 425 means that the server refused to process the request yet (RFC 8470), as 429 does.
        425 or 429 => StatusClass.Throttled,
        408 or >= 500 => StatusClass.Transient,
        _ => StatusClass.Final,
    };

    /// <summary>Whether the same call may get another answer later.</summary>
    public static bool MayPass(int status) => Classify(status) is StatusClass.Throttled or StatusClass.Transient;
}
