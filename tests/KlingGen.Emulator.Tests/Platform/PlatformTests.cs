using System.Text.Json;

namespace Fal.Emulation.Tests.Platform;

/// <summary>The platform API of the emulator, called by the clients that users have.</summary>
public sealed class PlatformTests
{
    private const string Endpoint = EmulatorFixture.Endpoint;

    [Fact]
    public async Task The_cost_of_a_job_is_its_units_times_the_unit_price()
    {
        await using var fixture = await StartAsync(units: 14.4m);
        var job = await fixture.SubmitJobAsync();
        await job.GetResultAsync();
        var cost = await job.GetCostAsync();
        Assert.Equal((1.008m, "USD", "units"), (cost.Amount, cost.Currency, cost.Price!.Unit));
        Assert.Null(await fixture.Client.Platform.GetPriceAsync("acme/none"));
    }

    [Fact]
    public async Task The_historical_cost_is_the_average_of_finished_jobs()
    {
        await using var fixture = await StartAsync(units: 10);
        Assert.False((await fixture.Client.Platform.GetHistoricalCostAsync("fal-ai/kling-video/v1/tts")).IsKnown);
        await (await fixture.SubmitJobAsync()).GetResultAsync();
        Assert.Equal(0.7m, (await fixture.Client.Platform.GetHistoricalCostAsync(Endpoint)).Amount);
    }

    [Fact]
    public async Task Requests_are_listed_newest_first_with_their_payloads()
    {
        await using var fixture = await StartAsync();
        var first = await fixture.SubmitJobAsync();
        var second = await fixture.SubmitJobAsync();
        var all = await ToListAsync(fixture.Client.Platform.ListRequestsAsync(new() { EndpointIds = [Endpoint], WithPayloads = true, PageSize = 1 }));
        Assert.Equal([second.RequestId, first.RequestId], all.Select(record => record.RequestId));
        Assert.Equal("Snow falls.", all[0].JsonInput!.Value.GetProperty("prompt").GetString());
        Assert.True(all[0].JsonOutput!.Value.TryGetProperty("video", out _));
        Assert.Equal((200, true), (all[0].StatusCode, all[0].EndedAt is not null));
        var failed = new FalRequestQuery { EndpointIds = [Endpoint], Outcome = FalRequestOutcome.Error };
        Assert.Empty(await ToListAsync(fixture.Client.Platform.ListRequestsAsync(failed)));
    }

    [Fact]
    public async Task A_result_that_is_not_JSON_is_listed_as_a_string()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = "not JSON" });
        await fixture.SubmitJobAsync();
        var all = await ToListAsync(fixture.Client.Platform.ListRequestsAsync(new() { EndpointIds = [Endpoint], WithPayloads = true }));
        Assert.Equal("not JSON", Assert.Single(all).JsonOutput!.Value.GetString());
    }

    [Theory]
    [InlineData("POST", "models/pricing/estimate", "{\"estimate_type\":\"unit_price\",\"estimate_type\":\"x\"}")]
    [InlineData("PUT", "storage/settings", "{\"initial_acl\":{\"a\":1,\"a\":2}}")]
    [InlineData("PUT", "storage/files/acl?url={file}", "{\"default\":1}")]
    [InlineData("PUT", "storage/files/acl?url={file}", "{\"default\":\"hide\",\"default\":\"hide\"}")]
    [InlineData("POST", "storage/files/sign?url={file}", "{\"expiration_seconds\":1,\"expiration_seconds\":1}")]
    public async Task An_invalid_body_is_a_validation_error(string method, string path, string body)
    {
        await using var fixture = await StartAsync();
        path = path.Replace("{file}", Uri.EscapeDataString(fixture.Fal.Files.Add("a.txt", new byte[1]).Url.AbsoluteUri), StringComparison.Ordinal);
        var answer = await fixture.SendAsync(new HttpMethod(method), new Uri(fixture.Fal.PlatformAddress + "/" + path), "", body);
        Assert.Equal((400, "validation_error"), (answer.StatusCode, answer.Json.GetProperty("error").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_submit_that_was_lost_is_found_again_by_its_body()
    {
        await using var fixture = await StartAsync();
        fixture.Fal.Faults.Add(FalOperation.Submit, FalFault.Reset());
        var lost = await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => fixture.SubmitJobAsync());
        var search = await fixture.Client.Platform.FindJobsAsync(lost);
        var result = await fixture.Video.Resume(Assert.Single(search.Candidates)).GetResultAsync();
        Assert.True(result.Json.TryGetProperty("video", out _));
    }

    [Fact]
    public async Task Deleting_payloads_removes_the_output_files_and_the_input()
    {
        await using var fixture = await StartAsync();
        var job = await fixture.SubmitJobAsync();
        var url = (await job.GetResultAsync()).Json.GetProperty("video").GetProperty("url").GetString()!;
        Assert.NotNull(fixture.Fal.Files.Find(url));
        var deleted = await fixture.Client.Platform.DeletePayloadsAsync(job.RequestId);
        Assert.Equal((url, true), (Assert.Single(deleted).Link, deleted[0].IsDeleted));
        Assert.Null(fixture.Fal.Files.Find(url));
        var query = new FalRequestQuery { EndpointIds = [Endpoint], WithPayloads = true };
        Assert.Null(Assert.Single(await ToListAsync(fixture.Client.Platform.ListRequestsAsync(query))).JsonInput);
    }

    [Fact]
    public async Task Models_are_the_served_documents()
    {
        await using var fixture = await StartAsync();
        var query = new FalModelQuery { Search = "v1.6 pro", Category = "image-to-video" };
        var found = await ToListAsync(fixture.Client.Platform.ListModelsAsync(query));
        Assert.Equal(Endpoint, Assert.Single(found).EndpointId);
        var one = await fixture.Client.Platform.GetModelAsync(Endpoint, withOpenApi: true);
        Assert.True(one!.OpenApi!.Value.TryGetProperty("paths", out _));
        var all = await ToListAsync(fixture.Client.Platform.ListModelsAsync(new FalModelQuery { PageSize = 7 }));
        Assert.Equal(fixture.Fal.Endpoints.Count, all.Count);
    }

    [Fact]
    public async Task Bills_usage_and_balance_come_from_finished_jobs()
    {
        await using var fixture = await StartAsync(units: 10);
        var job = await fixture.SubmitJobAsync();
        await job.GetResultAsync();
        var platform = fixture.Client.Platform;
        var billed = Assert.Single(await ToListAsync(platform.ListBillingEventsAsync(new FalSpendQuery { RequestIds = [job.RequestId] })));
        Assert.Equal((10m, 0.07m, 0.7m), (billed.OutputUnits, billed.UnitPrice, billed.CostTotal));
        Assert.Equal(0.7m, Assert.Single(await ToListAsync(platform.SummarizeUsageAsync())).CostTotal);
        Assert.Equal(0.7m, Assert.Single(Assert.Single(await ToListAsync(platform.ListUsageAsync())).Results).CostTotal);
        var buckets = await ToListAsync(platform.ListAnalyticsAsync(["request_count"], new FalSpendQuery { EndpointIds = [Endpoint] }));
        Assert.Equal(1, Assert.Single(Assert.Single(buckets).Results).GetProperty("request_count").GetInt32());
        Assert.Equal(99.3m, (await platform.GetBalanceAsync()).CurrentBalance);
    }

    [Fact]
    public async Task File_rules_signed_urls_and_settings_are_recorded()
    {
        await using var fixture = await StartAsync();
        var url = fixture.Fal.Files.Add("car.png", new byte[] { 1 }).Url;
        var platform = fixture.Client.Platform;
        Assert.Equal(FalAccessDecision.Allow, (await platform.GetFileAccessAsync(url)).Default);
        await platform.SetFileAccessAsync(url, new FalAccess { Default = FalAccessDecision.Hide, Rules = [new("ann", FalAccessDecision.Allow)] });
        Assert.Equal("ann", Assert.Single((await platform.GetFileAccessAsync(url)).Rules).User);
        var signed = await platform.SignFileUrlAsync(url, TimeSpan.FromMinutes(1));
        Assert.StartsWith(url.AbsoluteUri + "?identity=", signed.AbsoluteUri, StringComparison.Ordinal);
        await platform.SetStorageSettingsAsync(new FalStorageSettings { ExpiresAfter = TimeSpan.FromDays(1) });
        Assert.Equal(TimeSpan.FromDays(1), (await platform.GetStorageSettingsAsync()).ExpiresAfter);
        await Assert.ThrowsAsync<FalRequestRejectedException>(() => platform.GetFileAccessAsync(new Uri("https://v3.fal.media/files/none/x.png")));
    }

    [Theory]
    [InlineData("/v1/models/pricing?endpoint_id=a/b", null, 401)]
    [InlineData("/v1/models/billing-events", "key", 403)]
    [InlineData("/v1/models/pricing", "key", 400)]
    [InlineData("/v1/models/pricing?endpoint_id=a/b", "key", 404)]
    [InlineData("/v1/models/requests/by-endpoint", "key", 400)]
    [InlineData("/v1/nothing", "key", 404)]
    [InlineData("/v1/meta", null, 200)]
    public async Task Errors_have_the_shape_of_the_platform_api(string path, string? key, int status)
    {
        await using var fixture = await StartAsync();
        var header = ("Authorization", key is null ? "" : "Key " + fixture.Fal.Key);
        var answer = await fixture.SendAsync(HttpMethod.Get, fixture.Fal.PlatformAddress, path, null, header);
        Assert.Equal(status, answer.StatusCode);
        if (status != 200) Assert.Equal(JsonValueKind.String, answer.Json.GetProperty("error").GetProperty("type").ValueKind);
    }

    [Fact]
    public async Task A_workflow_streams_its_output_in_an_event()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Documents.Add(Made.Document("workflows/acme/lumen")));
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Result = """{"note":"done"}""" });
        var stream = fixture.Client.Endpoint("workflows/acme/lumen").StreamAsync(JsonSerializer.Deserialize<JsonElement>("""{"prompt":"x"}"""));
        Assert.Equal("done", (await stream.GetResultAsync()).Json.GetProperty("note").GetString());
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { Failure = FalEmulatedFailure.ByFal("runner_disconnected") });
        stream = fixture.Client.Endpoint("workflows/acme/lumen").StreamAsync(JsonSerializer.Deserialize<JsonElement>("""{"prompt":"x"}"""));
        await Assert.ThrowsAsync<FalJobFailedException>(() => stream.GetResultAsync());
    }

    private static async Task<EmulatorFixture> StartAsync(decimal units = 1)
    {
        var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant with { BillableUnits = units });
        return fixture;
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }
}
