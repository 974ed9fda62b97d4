namespace Fal;

/// <summary>What an HTTP status says about asking again.</summary>
internal enum StatusClass
{
    /// <summary>The answer, good or bad: the same call brings it again.</summary>
    Final,

    /// <summary>Accepted, and still being worked on.</summary>
    StillRunning,

    /// <summary>A limit was reached, and the request was not processed.</summary>
    Throttled,

    /// <summary>The server or a proxy could not answer this time. Whether the request was processed is not known.</summary>
    Transient,
}

/// <summary>
/// The one classification of HTTP statuses. What follows from a class depends on the call: <see cref="RetryPolicy"/> decides for one call, the
/// polling loop, the result, uploads, downloads and the tool for theirs.
/// </summary>
internal static class HttpStatus
{
    public static StatusClass Classify(int status) => status switch
    {
        202 => StatusClass.StillRunning,
        // 425 says that the server refused to process the request yet (RFC 8470), as 429 does.
        425 or 429 => StatusClass.Throttled,
        408 or >= 500 => StatusClass.Transient,
        _ => StatusClass.Final,
    };

    /// <summary>Whether the same call may well get another answer later.</summary>
    public static bool MayPass(int status) => Classify(status) is StatusClass.Throttled or StatusClass.Transient;
}
