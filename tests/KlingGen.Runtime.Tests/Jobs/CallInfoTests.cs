using Fal.Tests.Harness;
using Fal.Tests.Wire;

namespace Fal.Tests.Jobs;

/// <summary>What a call cost is on every path: results, raw results, streams and exceptions. Missing is unknown, never zero.</summary>
public sealed class CallInfoTests : CanaryTest
{
    private const string Id = "x-fal-request-id: r-9";

    [Fact]
    public async Task A_queued_result_says_what_it_cost_and_how_long_it_took()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        var call = (await fixture.Endpoint.RunAsync(JobFixture.Request)).Call!;
        Assert.Equal((JobFixture.Id, JobFixture.RequestId, 14.399999999999999m), (call.EndpointId, call.RequestId, call.BillableUnits));
        Assert.Equal(TimeSpan.FromSeconds(93.5), call.InferenceTime);
    }

    [Fact]
    public async Task Direct_runs_streams_and_raw_results_say_what_they_cost()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result, 200, Id, "X-Fal-Billable-Units: 3")
            .Then(Replies.Body("text/event-stream", 200, null, [Id, "X-Fal-Billable-Units: 4"], Replies.Send("data: " + JobFixture.Result + "\n\n")))
            .Json("""{"a":1}""", 200, Id, "X-Fal-Billable-Units: 5");
        Assert.Equal(("r-9", 3m), About((await fixture.Endpoint.RunDirectAsync(JobFixture.Request)).Call));
        Assert.Equal(("r-9", 4m), About((await fixture.Endpoint.StreamAsync(JobFixture.Request).GetResultAsync()).Call));
        using var input = System.Text.Json.JsonDocument.Parse("{}");
        Assert.Equal(("r-9", 5m), About((await fixture.Fal.Client.Endpoint("acme/lumen").RunDirectAsync(input.RootElement)).Call));

        static (string?, decimal?) About(FalCallInfo? call) => (call?.RequestId, call?.BillableUnits);
    }

    [Theory]
    [InlineData("x-other: 1")]
    [InlineData("X-Fal-Billable-Units: ")]
    [InlineData("X-Fal-Billable-Units: many")]
    [InlineData("X-Fal-Billable-Units: -1")]
    public async Task Missing_or_unreadable_units_are_unknown(string header)
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result, 200, header);
        Assert.Null((await fixture.Endpoint.RunDirectAsync(JobFixture.Request)).Call!.BillableUnits);
    }

    [Fact]
    public async Task Exceptions_say_what_the_call_cost()
    {
        const string refusal = """{"detail":[{"loc":["body"],"msg":"unsafe","type":"content_policy_violation"}]}""";
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(Replies.Json(refusal, 422, "X-Fal-Billable-Units: 2.5"));
        Assert.Equal(2.5m, (await Assert.ThrowsAsync<FalRequestRejectedException>(() => fixture.Resume().GetResultAsync())).BillableUnits);
        using var odd = new JobFixture(Canary).OnStatus(JobFixture.Done()).OnResult(Replies.Json("{}", 200, "X-Fal-Billable-Units: 7"));
        var surprise = await Assert.ThrowsAsync<FalProtocolException>(() => odd.Resume().GetResultAsync());
        Assert.Equal((7m, JobFixture.RequestId), (surprise.BillableUnits, surprise.Token?.RequestId));
        using var refused = new JobFixture(Canary);
        refused.Handler.Json("{}", 422);
        Assert.Null((await Assert.ThrowsAsync<FalRequestRejectedException>(() => refused.SubmitAsync())).BillableUnits);
    }

    [Fact]
    public async Task Call_is_no_part_of_equality_and_JSON()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result, 200, Id, "X-Fal-Billable-Units: 3").Json(JobFixture.Result);
        var (one, two) = (await fixture.Endpoint.RunDirectAsync(JobFixture.Request), await fixture.Endpoint.RunDirectAsync(JobFixture.Request));
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one.Call, two.Call);
        Assert.Equal("acme/lumen/v1/text-to-clip r-9 (3 units)", one.Call!.ToString());
        Assert.DoesNotContain("call", FalJson.Write(one), StringComparison.OrdinalIgnoreCase);
        Assert.Null(FalJson.Read<TextToClipResult>(JobFixture.Result).Call);
    }

    [Theory]
    [InlineData("Exhausted balance. Top up your balance at fal.ai/dashboard/billing.")]
    [InlineData("Admin lock. Please contact support@fal.ai")]
    [InlineData("TOP_UP.")]
    public async Task A_locked_account_is_an_exception_of_its_own(string reason)
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json($$"""{"detail":"User is locked. Reason: {{reason}}"}""", 403);
        var error = await Assert.ThrowsAsync<FalAccountLockedException>(() => fixture.SubmitAsync());
        Assert.Equal((reason, 403, false), (error.Reason, error.StatusCode, error.IsTransient));
        Assert.Contains("A new key does not help", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason.TrimEnd('.'), error.Message, StringComparison.Ordinal);
        fixture.Handler.Json("""{"detail":"Not allowed"}""", 403);
        await Assert.ThrowsAsync<FalAuthenticationException>(() => fixture.SubmitAsync());
    }
}
