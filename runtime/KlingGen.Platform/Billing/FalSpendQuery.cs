namespace Fal;

/// <summary>The time range and the endpoints of a query for billing events, usage or analytics.</summary>
public sealed record FalSpendQuery
{
    /// <summary>The start of the time range; null means 24 hours ago.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The end of the time range, exclusive; null means now. Billing events cover at most 90 days per call.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Only these endpoints, at most 50. Analytics need at least one.</summary>
    public IReadOnlyList<string> EndpointIds { get; init; } = [];

    /// <summary>Only these requests, at most 50; for billing events only.</summary>
    public IReadOnlyList<string> RequestIds { get; init; } = [];

    /// <summary>The length of a time bucket of usage and analytics; null means fal's default.</summary>
    public FalTimeframe? Timeframe { get; init; }

    internal PlatformQuery AddTo(PlatformQuery query)
    {
        if (EndpointIds is null or { Count: > 50 }) throw new ArgumentException("FalSpendQuery.EndpointIds must name at most 50 endpoints.");
        if (RequestIds is null or { Count: > 50 }) throw new ArgumentException("FalSpendQuery.RequestIds must name at most 50 requests.");
        if (Timeframe is { } frame && !Enum.IsDefined(frame)) throw new ArgumentException("FalSpendQuery.Timeframe must be a value of FalTimeframe.");
        query.Add("start", Start).Add("end", End);
        foreach (var id in EndpointIds) query.Add("endpoint_id", FalEndpointId.Parse(id).ToString());
        foreach (var id in RequestIds) query.Add("request_id", id);
        return query.Add("timeframe", Timeframe switch
        {
            FalTimeframe.Minute => "minute",
            FalTimeframe.Hour => "hour",
            FalTimeframe.Day => "day",
            FalTimeframe.Week => "week",
            FalTimeframe.Month => "month",
            _ => null,
        });
    }
}

/// <summary>The length of a time bucket.</summary>
public enum FalTimeframe
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}
