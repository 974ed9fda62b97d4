using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>
/// A job token: everything that another process or machine needs to resume a job. Store its string in a database or a
/// message, and pass it to <c>Resume</c>. It contains no key and no part of the request; resuming it still needs a key of the
/// same account.
/// </summary>
/// <remarks>
/// A checksum detects a damaged or edited string. It is not a signature: the key is protected because a client resumes a
/// token only for the queue host in its own options, and refuses any other.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalJobTokenJsonConverter))]
public sealed partial record FalJobToken : IParsable<FalJobToken>
{
    /// <summary>The endpoint that runs the job.</summary>
    public string EndpointId { get; }

    /// <summary>The job.</summary>
    public string RequestId { get; }

    /// <summary>The base URL of the queue that has the job, such as <c>https://queue.fal.run/</c>.</summary>
    public Uri Queue { get; }

    /// <summary>The time of the submit, if known.</summary>
    public DateTimeOffset? SubmittedAt { get; }

    /// <summary>
    /// The W3C trace context of the submit; null if it had none. The span of the job belongs to that trace, in whichever
    /// process its end becomes known.
    /// </summary>
    public string? TraceParent { get; internal init; }

    // Paths in fal's answer to the submit; null if they equal the default ones.
    internal string? StatusPath { get; }
    internal string? ResultPath { get; }
    internal string? CancelPath { get; }

    internal FalJobToken(
        string endpointId,
        string requestId,
        Uri queue,
        DateTimeOffset? submittedAt,
        string? statusPath,
        string? resultPath,
        string? cancelPath)
    {
        EndpointId = endpointId;
        RequestId = requestId;
        Queue = queue;
        SubmittedAt = submittedAt;
        StatusPath = statusPath;
        ResultPath = resultPath;
        CancelPath = cancelPath;
    }

    /// <summary>Parses the string form.</summary>
    /// <param name="text">The return value of <see cref="ToString"/>.</param>
    /// <exception cref="FormatException">The string is not a token, was damaged, or comes from a newer version of this library.</exception>
    public static FalJobToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var problem) ?? throw new FormatException(problem);
    }

    /// <summary>Parses the string form; returns false if it is invalid.</summary>
    /// <param name="text">The return value of <see cref="ToString"/>.</param>
    /// <param name="token">The token.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out FalJobToken token)
    {
        token = text is null ? null : Read(text, out _);
        return token is not null;
    }

    static FalJobToken IParsable<FalJobToken>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<FalJobToken>.TryParse(
        [NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [MaybeNullWhen(false)] out FalJobToken result) =>
        TryParse(s, out result);

    /// <summary>The string form: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    public override string ToString() => Write();
}
