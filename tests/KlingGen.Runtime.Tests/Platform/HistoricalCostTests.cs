using Fal.Tests.Harness;
using Fal.Tests.Jobs;
using Fal.Tests.Transport;

namespace Fal.Tests.Platform;

/// <summary>The historical cost of an endpoint, the second choice of an estimate.</summary>
public sealed class HistoricalCostTests : CanaryTest
{
    private const string Answered = """{"estimate_type":"historical_api_price","total_cost":3.75,"currency":"USD"}""";

    [Fact]
    public async Task EstimateCostAsync_asks_for_history_only_where_there_is_no_price()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.On("POST", "/v1/models/pricing/estimate", Replies.Json(Answered));
        var cost = await fixture.Endpoint.EstimateCostAsync(JobFixture.Request);
        Assert.Equal((3.75m, "USD", FalPriceConfidence.Historical), (cost.Amount, cost.Currency, cost.Confidence));
        Assert.Equal("https://api.fal.ai/v1/models/pricing/estimate", cost.Source);
        Assert.Equal(DateOnly.FromDateTime(fixture.Time.GetUtcNow().UtcDateTime), cost.AsOf);
        Assert.Equal(
            """{"estimate_type":"historical_api_price","endpoints":{"acme/lumen/v1/text-to-clip":{"call_quantity":1}}}""",
            fixture.Handler.Request.Text);
        Assert.Equal("application/json", fixture.Handler.Request["Content-Type"]);

        await fixture.Endpoint.EstimateCostAsync(JobFixture.Request);
        Assert.Single(fixture.Handler.Requests);
        fixture.Time.Advance(TimeSpan.FromHours(1.1));
        await fixture.Endpoint.EstimateCostAsync(JobFixture.Request);
        Assert.Equal(2, fixture.Handler.Requests.Count);

        var priced = fixture.Fal.Client.Endpoint("fal-ai/kling-video/v2.6/pro/image-to-video");
        Assert.Equal(FalPriceConfidence.Published, (await priced.EstimateCostAsync(new FalRawResult())).Confidence);
        Assert.Equal(2, fixture.Handler.Requests.Count);
    }

    [Fact]
    public async Task GetHistoricalCostAsync_sends_one_call_at_a_time()
    {
        using var fal = new TestFal(Canary);
        var (running, most) = (0, 0);
        fal.Handler.On("POST", "/estimate", async (request, stop) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return await Replies.Json(Answered)(request, stop);
        });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => fal.Client.Platform.GetHistoricalCostAsync($"acme/lumen/v{i % 10}")));
        Assert.Equal((1, 10), (most, fal.Handler.Requests.Count));
    }

    [Fact]
    public async Task GetHistoricalCostAsync_is_unknown_without_history_and_after_a_failure()
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Json("""{"estimate_type":"historical_api_price","total_cost":0,"currency":"USD"}""")
            .Json("""{"error":{"type":"rate_limited","message":"Slow down"}}""", 429).Json(Answered);
        Assert.Equal(
            "unknown: fal has no history of costs for acme/new.", (await fal.Client.Platform.GetHistoricalCostAsync("acme/new")).ToString());
        var failed = await fal.Client.Platform.GetHistoricalCostAsync("acme/lumen");
        Assert.StartsWith("unknown: the historical cost could not be read: ", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(3.75m, (await fal.Client.Platform.GetHistoricalCostAsync("acme/lumen")).Amount);
    }

    [Fact]
    public async Task EstimateCostAsync_names_both_reasons_when_nothing_is_known()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json("""{"error":{"type":"not_found","message":"No such endpoint"}}""", 404);
        var cost = await fixture.Endpoint.EstimateCostAsync(JobFixture.Request);
        Assert.StartsWith(
            "the price list has no price for acme/lumen/v1/text-to-clip. In addition, the historical cost could not be read: ",
            cost.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetHistoricalCostAsync_throws_for_the_callers_own_cancellation_and_not_for_a_closed_client()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Never());
        using var cancel = new CancellationTokenSource();
        var first = fal.Client.Platform.GetHistoricalCostAsync("acme/lumen", cancel.Token);
        var second = fal.Client.Platform.GetHistoricalCostAsync("acme/lumen");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        fal.Client.Dispose();
        Assert.False((await second).IsKnown);
    }
}
