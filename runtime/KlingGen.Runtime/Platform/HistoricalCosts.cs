using System.Text.Json;

namespace Fal;

/// <summary>
/// Cache of the average cost of earlier requests, by endpoint. fal limits these calls to a few per second, so one runs at a
/// time, and answers are cached for an hour.
/// </summary>
internal sealed class HistoricalCosts
{
    private const string Source = "https://api.fal.ai/v1/models/pricing/estimate";

    private readonly FalTransport _transport;
    private readonly FalPlatform _platform;
    private readonly LookupCache<FalCostEstimate> _cache;
    private Task _previous = Task.CompletedTask;

    public HistoricalCosts(FalTransport transport, FalPlatform platform)
    {
        _transport = transport;
        _platform = platform;
        _cache = new LookupCache<FalCostEstimate>(transport.Time, FetchAsync);
    }

    public Task<FalCostEstimate> FindAsync(string endpointId, CancellationToken cancellationToken) => _cache.FindAsync(endpointId, cancellationToken);

    private async Task<FalCostEstimate> FetchAsync(string endpointId)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _previous, done.Task).ConfigureAwait(false);
        try
        {
            var answer = await _platform.SendAsync(
                HttpMethod.Post,
                "/models/pricing/estimate",
                PlatformJson.Default.CostEstimateAnswer,
                FalPlatformKey.Api,
                Body(endpointId),
                _transport.Closing).ConfigureAwait(false);
            var today = DateOnly.FromDateTime(_transport.Time.GetUtcNow().UtcDateTime);
            // For an endpoint without history this call returns zero, which is not its price.
            return answer.TotalCost <= 0
                ? FalCostEstimate.Unknown($"fal has no history of costs for {endpointId}.")
                : FalCostEstimate.Between(answer.TotalCost, answer.TotalCost, answer.Currency, FalPriceConfidence.Historical, today, Source);
        }
        finally
        {
            done.SetResult();
        }
    }

    // An endpoint id has no character that JSON escapes.
    private static JsonElement Body(string endpointId) => JsonSerializer.Deserialize(
        $$$$"""{"estimate_type":"historical_api_price","endpoints":{"{{{{endpointId}}}}":{"call_quantity":1}}}""",
        PlatformJson.Default.JsonElement);
}
