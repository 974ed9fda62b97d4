namespace Fal;

/// <summary>Query of the account's requests: those of up to 50 endpoints within a time window.</summary>
public sealed record FalRequestQuery
{
    /// <summary>The endpoints, 1 to 50.</summary>
    public required IReadOnlyList<string> EndpointIds { get; init; }

    /// <summary>The start of the window; null means 24 hours ago.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The exclusive end of the window; null means now.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Restricts the query to this request, up to 90 days back.</summary>
    public string? RequestId { get; init; }

    /// <summary>Restricts the query to requests with this outcome.</summary>
    public FalRequestOutcome? Outcome { get; init; }

    /// <summary>Whether the answer includes the JSON of requests and results.</summary>
    public bool WithPayloads { get; init; }

    /// <summary>The requests per page, 1 to 100; null means fal's default of 50.</summary>
    public int? PageSize { get; init; }

    internal string ToPath()
    {
        if (EndpointIds is not { Count: >= 1 and <= 50 }) throw new ArgumentException("FalRequestQuery.EndpointIds must name 1 to 50 endpoints.");
        if (PageSize is < 1 or > 100) throw new ArgumentException("FalRequestQuery.PageSize must be between 1 and 100.");
        if (Outcome is { } outcome && !Enum.IsDefined(outcome))
        {
            throw new ArgumentException("FalRequestQuery.Outcome must be a value of FalRequestOutcome.");
        }
        var query = new PlatformQuery("/models/requests/by-endpoint");
        foreach (var id in EndpointIds) query.Add("endpoint_id", FalEndpointId.Parse(id).ToString());
        return query.Add("start", Start).Add("end", End).Add("request_id", RequestId).Add("status", Word(Outcome))
            .Add("expand", WithPayloads ? "payloads" : null).Add("limit", PageSize).ToString();
    }

    private static string? Word(FalRequestOutcome? outcome) => outcome switch
    {
        FalRequestOutcome.Success => "success",
        FalRequestOutcome.Error => "error",
        FalRequestOutcome.UserError => "user_error",
        _ => null,
    };
}

/// <summary>The outcome of a request.</summary>
public enum FalRequestOutcome
{
    /// <summary>The request has a result.</summary>
    Success,

    /// <summary>fal or the model failed.</summary>
    Error,

    /// <summary>The request was invalid, for example with a 422.</summary>
    UserError,
}
