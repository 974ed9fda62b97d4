using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Jobs;

/// <summary>Endpoints that no spec describes.</summary>
public sealed class DynamicEndpointTests : CanaryTest
{
    [Fact]
    public async Task An_endpoint_without_types_takes_and_gives_plain_json()
    {
        using var fixture = new JobFixture(Canary).OnSubmit().OnStatus(JobFixture.Done()).OnResult();
        using var input = JsonDocument.Parse("""{"prompt": "x", "seed": 17454220438242315174}""");
        var endpoint = new FalDynamicEndpoint(fixture.Fal.Client, JobFixture.Id);
        var result = await endpoint.RunAsync(input.RootElement);
        Assert.Equal(7, result.Json.GetProperty("seed").GetInt32());
        Assert.Equal(17454220438242315174, JsonDocument.Parse(fixture.Handler.Requests[0].Text).RootElement.GetProperty("seed").GetUInt64());
        Assert.Equal(JobFixture.Id, endpoint.EndpointId);
    }

    [Fact]
    public async Task A_direct_run_without_types_passes_the_queue_by()
    {
        using var fixture = new JobFixture(Canary);
        fixture.Handler.Json(JobFixture.Result);
        using var input = JsonDocument.Parse("{}");
        var result = await fixture.Fal.Client.Endpoint(JobFixture.Id).RunDirectAsync(input.RootElement, new() { RunnerHint = "h" });
        Assert.Equal("https://v3.fal.media/files/clip.mp4", result.Json.GetProperty("clip").GetProperty("url").GetString());
        Assert.Equal("https://fal.run/" + JobFixture.Id, fixture.Handler.Request.Url.AbsoluteUri);
        Assert.Equal("h", fixture.Handler.Request["X-Fal-Runner-Hint"]);
    }

    [Fact]
    public async Task The_last_status_tells_how_long_the_model_worked()
    {
        using var fixture = new JobFixture(Canary).OnStatus(JobFixture.Running(), JobFixture.Done());
        var job = fixture.Resume();
        Assert.Null((await job.GetStatusAsync()).InferenceTime);
        Assert.Equal(TimeSpan.FromSeconds(93.5), (await job.WaitAsync()).InferenceTime);
    }

    [Fact]
    public void A_rule_of_access_names_an_account_and_a_decision()
    {
        var rule = new FalAccessRule("zo\u00eb", FalAccessDecision.Allow);
        Assert.Equal(("zo\u00eb", FalAccessDecision.Allow), (rule.User, rule.Decision));
        Assert.NotEqual(rule, rule with { Decision = FalAccessDecision.Forbid });
    }
}
