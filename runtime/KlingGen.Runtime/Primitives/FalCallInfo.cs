using System.Diagnostics;
using System.Globalization;

namespace Fal;

/// <summary>
/// What is known of the call that brought a result, apart from the result itself. It is not part of the result's JSON and does not count when
/// results are compared. Null members are unknown; in particular, missing billable units are not zero.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record FalCallInfo
{
    /// <summary>The endpoint that was called.</summary>
    public string? EndpointId { get; init; }

    /// <summary>fal's id of the job, or of the direct run where fal names one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The cost of the call, in the units of the endpoint's price; null if fal does not report it.</summary>
    public decimal? BillableUnits { get; init; }

    /// <summary>The inference time; null if fal does not report it, as for direct runs.</summary>
    public TimeSpan? InferenceTime { get; init; }

    /// <summary>The endpoint, the request and what it cost.</summary>
    public override string ToString()
        => $"{EndpointId} {RequestId} ({BillableUnits?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} units)";
}
