using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>
/// All that another process or machine needs to go on with a job: keep its text in a database or a message, and give it to <c>Resume</c>.
/// It holds no key and nothing of the request; who has it still needs a key of the same account.
/// </summary>
/// <remarks>
/// A checksum finds a text that was damaged or edited. It is no signature: what protects the key is that a client resumes a token only
/// for the queue host that the client itself is configured for, and refuses any other.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalJobTokenJsonConverter))]
public sealed partial record FalJobToken : IParsable<FalJobToken>
{
    /// <summary>The endpoint that runs the job.</summary>
    public string EndpointId { get; }

    /// <summary>The job.</summary>
    public string RequestId { get; }

    /// <summary>The queue that holds the job, such as <c>https://queue.fal.run/</c>.</summary>
    public Uri Queue { get; }

    /// <summary>When the job was submitted, if this is known.</summary>
    public DateTimeOffset? SubmittedAt { get; }

    /// <summary>
    /// The W3C trace context of the submit, where it had one: the span of the job is a part of that trace, whichever process learns of its end.
    /// </summary>
    public string? TraceParent { get; internal init; }

    // Paths that fal named at submit, where they differ from the usual ones.
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

    /// <summary>Reads the text form.</summary>
    /// <param name="text">What <see cref="ToString"/> returned.</param>
    /// <exception cref="FormatException">The text is no token, was damaged, or comes from a newer version of this library.</exception>
    public static FalJobToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var problem) ?? throw new FormatException(problem);
    }

    /// <summary>Parses the string form; returns false if it is invalid.</summary>
    /// <param name="text">What <see cref="ToString"/> returned.</param>
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

    /// <summary>The text form: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    public override string ToString() => Write();
}
