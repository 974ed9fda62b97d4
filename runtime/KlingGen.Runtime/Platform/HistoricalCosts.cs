using System.Buffers;
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
    private readonly PlatformCalls _calls;
    private readonly LookupCache<FalCostEstimate> _cache;
    private Task _previous = Task.CompletedTask;

    public HistoricalCosts(FalTransport transport, PlatformCalls calls)
    {
        _transport = transport;
        _calls = calls;
        _cache = new LookupCache<FalCostEstimate>(transport.Time, FetchAsync);
    }

    public Task<FalCostEstimate> FindAsync(string endpointId, CancellationToken cancellationToken) => _cache.FindAsync(endpointId, cancellationToken);

    private async Task<FalCostEstimate> FetchAsync(string endpointId)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _previous, done.Task).ConfigureAwait(false);
        try
        {
            var answer = await _calls.SendAsync(
                FalPlatformKey.Api,
                HttpMethod.Post,
                "/models/pricing/estimate",
                PlatformJson.Default.CostEstimateAnswer,
                _transport.Closing,
                Body(endpointId)).ConfigureAwait(false);
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

    private static ReadOnlyMemory<byte> Body(string endpointId)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("estimate_type"u8, "historical_api_price"u8);
            json.WriteStartObject("endpoints"u8);
            json.WriteStartObject(endpointId);
            json.WriteNumber("call_quantity"u8, 1);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
