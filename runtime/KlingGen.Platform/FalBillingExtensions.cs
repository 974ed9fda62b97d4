namespace Fal;

/// <summary>Extension methods for billing events, usage, balance and analytics.</summary>
public static class FalBillingExtensions
{
    /// <summary>
    /// Lists billing events, one per request. Needs an admin key. A request that is not listed is not billed yet; it is not free.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="query">The time range, the endpoints and the requests; null for the last 24 hours.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="FalAuthenticationException">There is no admin key; nothing was sent.</exception>
    public static IAsyncEnumerable<FalBillingEvent> ListBillingEventsAsync(
        this FalPlatform platform, FalSpendQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var path = (query ?? new FalSpendQuery()).AddTo(new PlatformQuery("/models/billing-events")).ToString();
        return platform.ListAsync(path, "billing_events", PlatformModelJson.Default.FalBillingEvent, FalPlatformKey.Admin, cancellationToken);
    }

    /// <summary>Lists the usage of endpoints over time. Needs an admin key.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="query">The time range and the endpoints; null for the last 24 hours.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="FalAuthenticationException">There is no admin key; nothing was sent.</exception>
    public static IAsyncEnumerable<FalUsageBucket> ListUsageAsync(
        this FalPlatform platform, FalSpendQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var path = (query ?? new FalSpendQuery()).AddTo(new PlatformQuery("/models/usage").Add("expand", "time_series")).ToString();
        return platform.ListAsync(path, "time_series", PlatformModelJson.Default.FalUsageBucket, FalPlatformKey.Admin, cancellationToken);
    }

    /// <summary>Gets the total usage: one row per endpoint and unit. Needs an admin key.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="query">The time range and the endpoints; null for the last 24 hours.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="FalAuthenticationException">There is no admin key; nothing was sent.</exception>
    public static IAsyncEnumerable<FalUsageRow> SummarizeUsageAsync(
        this FalPlatform platform, FalSpendQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var path = (query ?? new FalSpendQuery()).AddTo(new PlatformQuery("/models/usage").Add("expand", "summary")).ToString();
        return platform.ListAsync(path, "summary", PlatformModelJson.Default.FalUsageRow, FalPlatformKey.Admin, cancellationToken);
    }

    /// <summary>
    /// Lists metrics of requests over time, such as <c>request_count</c> and <c>p50_duration</c>. The client's key is enough.
    /// </summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="metrics">The names of fal's metrics, at least one.</param>
    /// <param name="query">The time range and at least one endpoint.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">There is no metric or no endpoint.</exception>
    public static IAsyncEnumerable<FalAnalyticsBucket> ListAnalyticsAsync(
        this FalPlatform platform, IReadOnlyList<string> metrics, FalSpendQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(query);
        if (metrics is not { Count: > 0 }) throw new ArgumentException("Analytics need at least one metric.", nameof(metrics));
        if (query.EndpointIds.Count == 0) throw new ArgumentException("Analytics need at least one endpoint.", nameof(query));
        var path = query.AddTo(new PlatformQuery("/models/analytics").Add("expand", "time_series"));
        foreach (var metric in metrics) path.Add("expand", metric);
        return platform.ListAsync(
            path.ToString(), "time_series", PlatformModelJson.Default.FalAnalyticsBucket, FalPlatformKey.Api, cancellationToken);
    }

    /// <summary>Gets the account's credits. Needs an admin key.</summary>
    /// <param name="platform">The platform API of a client.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FalAuthenticationException">There is no admin key; nothing was sent.</exception>
    public static async Task<FalAccountBalance> GetBalanceAsync(this FalPlatform platform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(platform);
        var answer = await platform.SendAsync(
            HttpMethod.Get, "/account/billing?expand=credits",
            PlatformModelJson.Default.FalAccountBilling, FalPlatformKey.Admin, null, cancellationToken)
            .ConfigureAwait(false);
        return new FalAccountBalance
        {
            Username = answer.Username,
            CurrentBalance = answer.Credits?.CurrentBalance,
            Currency = answer.Credits?.Currency,
        };
    }
}
