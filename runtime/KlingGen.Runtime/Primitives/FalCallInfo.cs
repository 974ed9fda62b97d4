using System.Diagnostics;
using System.Globalization;

namespace Fal;

/// <summary>
/// The metadata of the call that returned a result: endpoint, request id, cost and duration. It is not part of the result's
/// JSON, and the equality of results ignores it. A null property is unknown; in particular, missing billable units are not
/// zero.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalCallInfo
{
    /// <summary>The endpoint that was called.</summary>
    public string? EndpointId { get; init; }

    /// <summary>fal's id of the job, or of the direct run if fal's answer has one.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the call cost, in the units of the endpoint's price; null if fal's answer has none.</summary>
    public decimal? BillableUnits { get; init; }

    /// <summary>How long the model worked; null if fal's answer has none, as for direct runs.</summary>
    public TimeSpan? InferenceTime { get; init; }

    /// <summary>The endpoint, the request and what it cost.</summary>
    public override string ToString()
        => $"{EndpointId} {RequestId} ({BillableUnits?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} units)";
}
