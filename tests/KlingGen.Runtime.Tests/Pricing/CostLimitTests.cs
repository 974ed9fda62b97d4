using System.Globalization;
using System.Text;
using Fal.Tests.Harness;
using Fal.Tests.Jobs;

namespace Fal.Tests.Pricing;

/// <summary>Limits of cost per call and per client.</summary>
public sealed class CostLimitTests : CanaryTest
{
    private const string Unit =
        """{"prices":[{"endpoint_id":"acme/lumen/v1/text-to-clip","unit_price":0.01,"unit":"units","currency":"USD"}],"has_more":false}""";

    private static readonly FalPriceList Half = PriceOf("""{"price":0.5}""");

    [Fact]
    public async Task MaxCost_refuses_before_anything_is_sent()
    {
        using var fixture = Fixture(Half);
        var refused = await Assert.ThrowsAsync<FalCostLimitException>(() => fixture.SubmitAsync(new FalSubmitOptions { MaxCost = 0.49m }));
        Assert.Equal((0.5m, 0.49m, null, false), (refused.Estimate.Amount, refused.Limit, refused.Remaining, refused.IsTransient));
        Assert.Equal(
            "The call may cost 0.5 USD (reported price of 2026-11-30); FalSubmitOptions.MaxCost is 0.49. Nothing was sent. "
            + "Raise MaxCost, or ask for less, such as fewer seconds. [endpoint acme/lumen/v1/text-to-clip]",
            refused.Message);
        Assert.Empty(fixture.Handler.Requests);
        Assert.NotNull(await fixture.SubmitAsync(new FalSubmitOptions { MaxCost = 0.5m }));
        Assert.Null(fixture.Fal.Client.Budget);
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.SubmitAsync(new FalSubmitOptions { MaxCost = -1 }));
    }

    [Fact]
    public async Task MaxCost_counts_the_upper_end_of_a_range()
    {
        using var fixture = Fixture(PriceOf("""{"price":0.1}""", """ "per":"second","maximumSeconds":10"""));
        var refused = await Assert.ThrowsAsync<FalCostLimitException>(() => fixture.SubmitAsync(new FalSubmitOptions { MaxCost = 0.99m }));
        Assert.Equal((0m, 1m), (refused.Estimate.Minimum, refused.Estimate.Maximum));
        Assert.NotNull(await fixture.SubmitAsync(new FalSubmitOptions { MaxCost = 1 }));
    }

    [Fact]
    public async Task An_unknown_cost_is_refused_unless_it_is_allowed()
    {
        using var strict = Fixture(new FalPriceList());
        var refused = await Assert.ThrowsAsync<FalCostLimitException>(() => strict.SubmitAsync(new FalSubmitOptions { MaxCost = 100 }));
        Assert.StartsWith(
            "The cost of the call is unknown: the price list has no price for acme/lumen/v1/text-to-clip. FalSubmitOptions.MaxCost is 100, "
                + "so nothing was sent.",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Empty(strict.Handler.Requests);
        Assert.NotNull(await strict.SubmitAsync());

        using var lenient = Fixture(new FalPriceList(), options => (options.AllowUnknownCost, options.Budget) = (true, 1));
        Assert.NotNull(await lenient.SubmitAsync(new FalSubmitOptions { MaxCost = 0 }));
        Assert.Equal(0, lenient.Fal.Client.Budget!.Reserved);
    }

    [Fact]
    public async Task Budget_reserves_the_estimate_and_is_corrected_by_the_billed_cost()
    {
        using var fixture = Fixture(Half, options => options.Budget = 1).OnStatus(JobFixture.Done()).OnResult();
        fixture.Handler.On("GET", "/models/pricing", Replies.Json(Unit));
        var budget = fixture.Fal.Client.Budget!;
        var job = await fixture.SubmitAsync();
        Assert.Equal((1m, 0.5m, 0m, 0.5m, "USD"), (budget.Limit, budget.Reserved, budget.Spent, budget.Remaining, budget.Currency));
        await job.GetResultAsync();
        await job.GetResultAsync();
        await budget.SettledAsync(CancellationToken.None);
        Assert.Equal((0m, 0.14399999999999999m), (budget.Reserved, budget.Spent));
        Assert.Equal("0.144 spent and 0 reserved of 1 USD", budget.ToString());
    }

    [Fact]
    public async Task Budget_refuses_what_no_longer_fits()
    {
        using var fixture = Fixture(Half, options => options.Budget = 0.9m);
        await fixture.SubmitAsync();
        var refused = await Assert.ThrowsAsync<FalCostLimitException>(() => fixture.SubmitAsync());
        Assert.Equal((0.9m, 0.4m), (refused.Limit, refused.Remaining));
        Assert.Contains("0.4 USD of the client's budget is left (0 spent and 0.5 reserved of 0.9 USD)", refused.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Handler.Requests);
    }

    [Fact]
    public async Task Budget_waits_for_a_price_lookup_before_it_refuses()
    {
        using var fixture = Fixture(Half, options => options.Budget = 0.7m).OnStatus(JobFixture.Done()).OnResult();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Handler.On("GET", "/models/pricing", async (request, stop) =>
        {
            await release.Task.WaitAsync(stop);
            return await Replies.Json(Unit)(request, stop);
        });
        await (await fixture.SubmitAsync()).GetResultAsync();
        var second = fixture.SubmitAsync();
        Assert.False(second.IsCompleted);
        release.SetResult();
        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Budget_never_lets_concurrent_calls_exceed_it()
    {
        using var fixture = Fixture(Half, options => options.Budget = 5);
        var calls = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await fixture.SubmitAsync() is not null;
            }
            catch (FalCostLimitException)
            {
                return false;
            }
        })));
        Assert.Equal(10, calls.Count(accepted => accepted));
        Assert.Equal(10, fixture.Handler.Requests.Count);
        Assert.Equal(0, fixture.Fal.Client.Budget!.Remaining);
    }

    public static TheoryData<string, Answer, decimal, decimal> Failures() => new()
    {
        { "refused", Replies.Json("""{"detail":"bad"}""", 422), 0, 0 },
        { "refused with a charge", Replies.Json("""{"detail":"bad"}""", 422, "x-fal-billable-units: 3"), 0, 0.03m },
        { "not reached", Replies.Refused(), 0, 0 },
        { "outcome unknown", Replies.Reset(), 0.5m, 0 },
        { "accepted without an id", Replies.Json("{}"), 0.5m, 0 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Budget_keeps_the_reservation_of_a_failed_submit_only_if_it_may_be_charged(
        string name, Answer answer, decimal reserved, decimal spent)
    {
        using var fixture = new JobFixture(Canary, change: Change(Half, options => options.Budget = 1));
        fixture.Handler.On("GET", "/models/pricing", Replies.Json(Unit));
        fixture.Handler.On("POST", "/" + JobFixture.Id, answer);
        await Assert.ThrowsAnyAsync<FalException>(() => fixture.SubmitAsync());
        var budget = fixture.Fal.Client.Budget!;
        await budget.SettledAsync(CancellationToken.None);
        Assert.Equal((name, reserved, spent), (name, budget.Reserved, budget.Spent));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(422, 0.5)]
    public async Task Budget_counts_a_failed_job_without_units_unless_fal_is_at_fault(int status, double spent)
    {
        using var fixture = Fixture(Half, options => options.Budget = 1).OnStatus(JobFixture.Done())
            .OnResult(Replies.Json("""{"detail":"bad"}""", status, "x-fal-request-id: r"));
        var job = await fixture.SubmitAsync();
        await Assert.ThrowsAnyAsync<FalException>(() => job.GetResultAsync());
        var budget = fixture.Fal.Client.Budget!;
        await budget.SettledAsync(CancellationToken.None);
        Assert.Equal((0m, (decimal)spent), (budget.Reserved, budget.Spent));
    }

    [Fact]
    public async Task Budget_counts_direct_runs_and_streams()
    {
        using var fixture = new JobFixture(Canary, change: Change(Half, options => options.Budget = 10));
        fixture.Handler.On("GET", "/models/pricing", Replies.Json(Unit));
        fixture.Handler.On("POST", "/stream", Replies.Body("text/event-stream", 200, null, [], Replies.Send($"data: {JobFixture.Result}\n\n")));
        fixture.Handler.On("POST", "https://fal.run/", Replies.Json(JobFixture.Result, 200, "x-fal-billable-units: 30"));
        var budget = fixture.Fal.Client.Budget!;
        await fixture.Endpoint.RunDirectAsync(JobFixture.Request);
        await budget.SettledAsync(CancellationToken.None);
        Assert.Equal((0m, 0.3m), (budget.Reserved, budget.Spent));
        // This stream does not name its units, so the estimate counts.
        await fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync();
        await budget.SettledAsync(CancellationToken.None);
        Assert.Equal((0m, 0.8m), (budget.Reserved, budget.Spent));
    }

    [Fact]
    public void Budget_must_not_be_negative()
        => Assert.Throws<ArgumentException>(() => new FalClientOptions { Key = CanaryGuard.Key, Budget = -1 }.Validate());

    private JobFixture Fixture(FalPriceList prices, Action<FalClientOptions>? change = null)
        => new JobFixture(Canary, change: Change(prices, change)).OnSubmit();

    private static Action<FalClientOptions> Change(FalPriceList prices, Action<FalClientOptions>? change) => options =>
    {
        options.Prices = prices;
        change?.Invoke(options);
    };

    private static FalPriceList PriceOf(string rate, string per = """ "per":"request" """)
    {
        var json = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "asOf": "2026-11-30",
              "currency": "USD",
              "prices": [{ "endpoint": "{{JobFixture.Id}}", "source": "a test", "confidence": "reported", {{per}}, "rates": [{{rate}}] }]
            }
            """);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return FalPriceList.Load(stream);
    }
}
