namespace Fal;

/// <summary>
/// How often fal itself repeats a job that failed, by what failed. fal heeds it for apps of one's own; it caps all
/// attempts together at ten.
/// </summary>
public sealed record FalServerRetries
{
    /// <summary>Repeats after an answer of 5xx.</summary>
    public int? ServerError { get; init; }

    /// <summary>Repeats after a time-out.</summary>
    public int? Timeout { get; init; }

    /// <summary>Repeats after a broken connection.</summary>
    public int? ConnectionError { get; init; }
}
