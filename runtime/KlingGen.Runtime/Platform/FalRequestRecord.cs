using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fal;

/// <summary>A request of the account, from fal's platform API.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalRequestRecord
{
    /// <summary>The request id, with which a job can be resumed.</summary>
    [JsonRequired]
    public required string RequestId { get; init; }

    /// <summary>The endpoint.</summary>
    [JsonRequired]
    public required string EndpointId { get; init; }

    /// <summary>The time at which fal received the request.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The time at which a runner started it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time at which it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The HTTP status of its result; null while it runs.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The run time in seconds; null while it runs.</summary>
    public double? Duration { get; init; }

    /// <summary>The request's JSON; null unless the query includes payloads and fal still has them.</summary>
    public JsonElement? JsonInput { get; init; }

    /// <summary>The result's JSON; null unless the query includes payloads and fal still has them.</summary>
    public JsonElement? JsonOutput { get; init; }

    /// <summary>The endpoint, the request and its status; no payload, which may contain a prompt.</summary>
    public override string ToString() => FormattableString.Invariant($"{EndpointId} {RequestId} {StatusCode}");
}
