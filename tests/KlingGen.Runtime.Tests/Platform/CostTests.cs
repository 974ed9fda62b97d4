using Fal.Tests.Harness;
using Fal.Tests.Jobs;
using Fal.Tests.Transport;

namespace Fal.Tests.Platform;

/// <summary>The cost of finished calls.</summary>
public sealed class CostTests : CanaryTest
{
    private const string Price =
        """
        {
          "prices": [{ "endpoint_id": "acme/lumen/v1/text-to-clip", "unit_price": 0.07, "unit": "units", "currency": "USD" }],
          "next_cursor": null,
          "has_more": false
        }
        """;

    private static readonly FalCallInfo Call = new() { EndpointId = JobFixture.Id, RequestId = JobFixture.RequestId, BillableUnits = 14.4m };

    [Fact]
    public async Task GetCostAsync_multiplies_billed_units_by_a_price_that_is_cached_for_an_hour()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/models/pricing", Replies.Json(Price));
        var cost = await fal.Client.Platform.GetCostAsync(Call);
        Assert.Equal((1.008m, "USD", 14.4m, null), (cost.Amount, cost.Currency, cost.BillableUnits, cost.Reason));
        Assert.Equal(0.07m, cost.Price!.UnitPrice);
        Assert.Equal("1.008 USD (14.4 x 0.07 per units)", cost.ToString());

        fal.Time.Advance(TimeSpan.FromMinutes(59));
        await fal.Client.Platform.GetCostAsync(Call with { BillableUnits = 0 });
        Assert.Single(fal.Handler.Requests);
        fal.Time.Advance(TimeSpan.FromMinutes(2));
        await fal.Client.Platform.GetCostAsync(Call);
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task GetCostAsync_is_unknown_when_the_lookup_fails_and_the_next_call_looks_again()
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Json("""{"error":{"type":"rate_limited","message":"Slow down"}}""", 429).Json(Price);
        var cost = await fal.Client.Platform.GetCostAsync(Call);
        Assert.Equal((null, null, 14.4m), (cost.Amount, cost.Currency, cost.BillableUnits));
        Assert.StartsWith("unknown: the price could not be read: ", cost.ToString(), StringComparison.Ordinal);
        Assert.Equal(1.008m, (await fal.Client.Platform.GetCostAsync(Call)).Amount);
    }

    [Fact]
    public async Task GetCostAsync_says_which_fact_is_missing()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/models/pricing", Replies.Json("""{"prices":[],"next_cursor":null,"has_more":false}"""));
        Assert.Equal("unknown: the answer did not name its billable units.", (await fal.Client.Platform.GetCostAsync(new())).ToString());
        Assert.Equal("unknown: the endpoint is not known.", (await fal.Client.Platform.GetCostAsync(new() { BillableUnits = 1 })).ToString());
        Assert.Equal($"unknown: fal names no price for {JobFixture.Id}.", (await fal.Client.Platform.GetCostAsync(Call)).ToString());
    }

    [Fact]
    public async Task GetCostAsync_of_a_job_needs_its_result()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        fixture.Handler.On("GET", "/models/pricing", Replies.Json(Price));
        var job = await fixture.SubmitAsync();
        Assert.Equal("unknown: the result has not been fetched yet.", (await job.GetCostAsync()).ToString());
        await job.GetResultAsync();
        Assert.Equal(14.399999999999999m * 0.07m, (await job.GetCostAsync()).Amount);
    }

    [Fact]
    public async Task GetCostAsync_throws_for_the_callers_own_cancellation()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException();
        });
        using var cancel = new CancellationTokenSource();
        var cost = fal.Client.Platform.GetCostAsync(Call, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cost);
    }
}
