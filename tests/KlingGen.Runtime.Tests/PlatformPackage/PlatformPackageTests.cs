using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.PlatformPackage;

/// <summary>The calls of package KlingGen.Platform: URLs, keys, pages, errors and unknown members.</summary>
public sealed class PlatformPackageTests : CanaryTest
{
    private const string AdminKey = "admin-id:admin-secret-0123456789";
    private const string Base = "https://api.fal.ai/v1";
    private static readonly Uri File = new("https://v3.fal.media/files/b/abc/car.mp4?token=1");

    [Fact]
    public async Task ListModelsAsync_reads_every_page_and_knows_deprecated_models()
    {
        using var fal = new TestFal(Canary);
        fal.Handler
            .Json(
                """
                {
                  "models": [{
                    "endpoint_id": "acme/lumen",
                    "metadata": {
                      "display_name": "Lumen", "category": "text-to-video", "status": "deprecated", "tags": ["x"],
                      "updated_at": "2026-01-02T03:04:05Z", "duration_estimate": 1.5, "new": {}
                    }
                  }],
                  "next_cursor": "a b",
                  "has_more": true
                }
                """)
            .Json("""{"models":[{"endpoint_id":"acme/dusk","openapi":{"openapi":"3.0.4"}}],"has_more":false}""");
        var query = new FalModelQuery
        {
            Search = "lu men",
            Category = "text-to-video",
            EndpointIds = ["acme/lumen"],
            IsDeprecated = true,
            WithOpenApi = true,
            PageSize = 5,
        };
        var models = await ToListAsync(fal.Client.Platform.ListModelsAsync(query));

        const string Path = Base + "/models?q=lu%20men&category=text-to-video&endpoint_id=acme%2Flumen&status=deprecated&expand=openapi-3.0&limit=5";
        Assert.Equal([Path, Path + "&cursor=a%20b"], fal.Handler.Requests.Select(request => request.Url.AbsoluteUri));
        Assert.Equal(["acme/lumen (text-to-video, deprecated)", "acme/dusk (no category)"], models.Select(model => model.ToString()));
        Assert.Equal((true, false, 1.5m), (models[0].IsDeprecated, models[1].IsDeprecated, models[0].Metadata!.DurationEstimate));
        Assert.Equal("3.0.4", models[1].OpenApi!.Value.GetProperty("openapi").GetString());
        Assert.Equal("Key " + CanaryGuard.Key, fal.Handler.Requests[0]["Authorization"]);
    }

    [Theory]
    [InlineData("""{"default":"allow","rules":[null]}""")]
    [InlineData("""{"default":"allow","rules":[{"user":null,"decision":"hide"}]}""")]
    [InlineData("""{"default":"allow","rules":[{"user":"a","decision":null}]}""")]
    [InlineData("""{"default":null}""")]
    [InlineData("""{"default":"KEY"}""")]
    public async Task Malformed_access_rules_are_a_protocol_error_without_the_key(string answer)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(answer.Replace("KEY", CanaryGuard.Key, StringComparison.Ordinal));
        var ex = await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.GetFileAccessAsync(File));
        Assert.DoesNotContain(CanaryGuard.Key, ex.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    public async Task Expiration_that_is_no_duration_is_a_protocol_error(string seconds)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json($$"""{"expiration_duration_seconds":{{seconds}}}""");
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.GetStorageSettingsAsync());
    }

    [Fact]
    public async Task GetModelAsync_is_null_for_an_unknown_endpoint()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"error":{"type":"not_found","message":"No such endpoint"}}""", 404)
            .Json("""{"models":[{"endpoint_id":"acme/lumen"}],"next_cursor":null,"has_more":false}""");
        Assert.Null(await fal.Client.Platform.GetModelAsync("acme/none"));
        Assert.Equal("acme/lumen", (await fal.Client.Platform.GetModelAsync("acme/lumen"))!.EndpointId);
    }

    [Fact]
    public async Task Billing_calls_carry_the_admin_key_and_read_huge_numbers()
    {
        using var fal = new TestFal(Canary, change: options => options.AdminKey = AdminKey);
        fal.Handler.On("GET", "/models/billing-events", Replies.Json(
            """
            {
              "billing_events": [{
                "request_id": "r", "endpoint_id": "acme/lumen", "timestamp": "2026-01-02T03:04:05Z", "output_units": 1234567890123456789.25,
                "unit_price": 0.000001, "percent_discount": null, "cost_subtotal": 2, "cost_discount": 0.5, "cost_total": 1.5
              }],
              "next_cursor": null,
              "has_more": false
            }
            """));
        const string Row =
            """
            {
              "endpoint_id": "acme/lumen", "unit": "units", "quantity": 3, "unit_price": 0.07, "percent_discount": 10, "cost_subtotal": 0.21,
              "cost_discount": 0.021, "cost_total": 0.189, "cost": 0.21, "currency": "USD"
            }
            """;
        fal.Handler.On("GET", "expand=time_series", Replies.Json(
            $$"""{"time_series":[{"bucket":"2026-01-02T00:00:00Z","results":[{{Row}}]}],"next_cursor":null,"has_more":false}"""));
        fal.Handler.On("GET", "expand=summary", Replies.Json($$"""{"summary":[{{Row}}],"next_cursor":null,"has_more":false}"""));
        fal.Handler.On("GET", "/account/billing", Replies.Json("""{"username":"acme","credits":{"current_balance":24.5,"currency":"USD"}}"""));
        var platform = fal.Client.Platform;
        var query = new FalSpendQuery
        {
            Start = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
            EndpointIds = ["acme/lumen"],
            RequestIds = ["r"],
            Timeframe = FalTimeframe.Day,
        };

        var billed = Assert.Single(await ToListAsync(platform.ListBillingEventsAsync(query)));
        Assert.Equal((1234567890123456789.25m, 0.000001m), (billed.OutputUnits, billed.UnitPrice));
        Assert.Equal((null, 1.5m), (billed.PercentDiscount, billed.CostTotal));
        Assert.Equal("acme/lumen r: 1.5 USD", billed.ToString());
        Assert.Equal(
            Base + "/models/billing-events?start=2026-01-02T00%3A00%3A00.000Z&endpoint_id=acme%2Flumen&request_id=r&timeframe=day",
            fal.Handler.Requests[0].Url.AbsoluteUri);
        Assert.Equal("acme/lumen: 0.189 USD", Assert.Single(Assert.Single(await ToListAsync(platform.ListUsageAsync())).Results).ToString());
        Assert.Equal(0.189m, Assert.Single(await ToListAsync(platform.SummarizeUsageAsync(query))).CostTotal);
        var balance = await platform.GetBalanceAsync();
        Assert.Equal(("acme", 24.5m, "24.5 USD"), (balance.Username, balance.CurrentBalance, balance.ToString()));
        Assert.All(fal.Handler.Requests, request => Assert.Equal("Key " + AdminKey, request["Authorization"]));
    }

    [Fact]
    public async Task A_call_that_needs_the_admin_key_fails_before_it_is_sent()
    {
        using var fal = new TestFal(Canary);
        var platform = fal.Client.Platform;
        var ex = await Assert.ThrowsAsync<FalAuthenticationException>(() => platform.GetBalanceAsync());
        Assert.Contains("FAL_ADMIN_KEY", ex.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FalAuthenticationException>(() => ToListAsync(platform.ListBillingEventsAsync()));
        await Assert.ThrowsAsync<FalAuthenticationException>(() => ToListAsync(platform.ListUsageAsync()));
        await Assert.ThrowsAsync<FalAuthenticationException>(() => ToListAsync(platform.SummarizeUsageAsync()));
        Assert.Empty(fal.Handler.Requests);
    }

    [Fact]
    public async Task Analytics_name_their_metrics_and_endpoints()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(
            """{"time_series":[{"bucket":"2026-01-02T00:00:00Z","results":[{"endpoint_id":"acme/lumen","request_count":3}]}],"has_more":false}""");
        var platform = fal.Client.Platform;
        var buckets = await ToListAsync(platform.ListAnalyticsAsync(["request_count"], new FalSpendQuery { EndpointIds = ["acme/lumen"] }));
        Assert.Equal(3, Assert.Single(Assert.Single(buckets).Results).GetProperty("request_count").GetInt32());
        Assert.Equal(
            Base + "/models/analytics?expand=time_series&endpoint_id=acme%2Flumen&expand=request_count", fal.Handler.Request.Url.AbsoluteUri);
        Assert.Throws<ArgumentException>(() => platform.ListAnalyticsAsync([], new FalSpendQuery { EndpointIds = ["acme/lumen"] }));
        Assert.Throws<ArgumentException>(() => platform.ListAnalyticsAsync(["request_count"], new FalSpendQuery()));
    }

    [Fact]
    public async Task File_calls_send_the_url_without_its_query()
    {
        using var fal = new TestFal(Canary);
        const string Rules = """{"default":"forbid","rules":[{"user":"ann","decision":"allow"}]}""";
        fal.Handler.On("GET", "/storage/files/acl", Replies.Json(Rules));
        fal.Handler.On("PUT", "/storage/files/acl", Replies.Json("""{"default":"hide","rules":[]}"""));
        fal.Handler.On("POST", "/storage/files/sign", Replies.Json("""{"signed_url":"https://v3.fal.media/files/b/abc/car.mp4?identity=x"}"""));
        var platform = fal.Client.Platform;

        var access = await platform.GetFileAccessAsync(File);
        Assert.Equal((FalAccessDecision.Forbid, new FalAccessRule("ann", FalAccessDecision.Allow)), (access.Default, Assert.Single(access.Rules)));
        Assert.Equal(FalAccessDecision.Hide, (await platform.SetFileAccessAsync(File, access)).Default);
        var signed = await platform.SignFileUrlAsync(File, TimeSpan.FromHours(1));
        Assert.Equal("https://v3.fal.media/files/b/abc/car.mp4?identity=x", signed.AbsoluteUri);
        const string Query = "?url=https%3A%2F%2Fv3.fal.media%2Ffiles%2Fb%2Fabc%2Fcar.mp4";
        Assert.All(fal.Handler.Requests, request => Assert.EndsWith(Query, request.Url.AbsoluteUri, StringComparison.Ordinal));
        Assert.Equal(["", Rules, """{"expiration_seconds":3600}"""], fal.Handler.Requests.Select(request => request.Text));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => platform.SignFileUrlAsync(File, TimeSpan.FromDays(8)));
    }

    [Fact]
    public async Task Storage_settings_send_every_member_because_absent_ones_are_cleared()
    {
        using var fal = new TestFal(Canary);
        const string Both = """{"expiration_duration_seconds":3600,"initial_acl":{"default":"allow","rules":[]}}""";
        fal.Handler.On("GET", "/storage/settings", Replies.Json(Both));
        fal.Handler.On("PUT", "/storage/settings", Replies.Json("""{"expiration_duration_seconds":null,"initial_acl":null}"""));
        var settings = await fal.Client.Platform.GetStorageSettingsAsync();
        Assert.Equal((TimeSpan.FromHours(1), FalAccessDecision.Allow), (settings.ExpiresAfter, settings.Access!.Default));
        Assert.Equal(new FalStorageSettings(), await fal.Client.Platform.SetStorageSettingsAsync(settings));
        Assert.Equal(Both, fal.Handler.Requests[1].Text);
    }

    [Theory]
    [InlineData(401, "authorization_error", typeof(FalAuthenticationException))]
    [InlineData(403, "authorization_error", typeof(FalAuthenticationException))]
    [InlineData(404, "not_found", typeof(FalRequestRejectedException))]
    [InlineData(429, "rate_limited", typeof(FalRateLimitException))]
    public async Task An_error_becomes_the_exception_of_its_status(int status, string type, Type exception)
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        fal.Handler.Json($$"""{"error":{"type":"{{type}}","message":"No","new":1} }""", status);
        var ex = await Assert.ThrowsAsync(exception, () => ToListAsync(fal.Client.Platform.ListModelsAsync()));
        Assert.Equal(status, ((FalException)ex).StatusCode);
    }

    [Theory]
    [InlineData("""{"has_more":false}""")]
    [InlineData("""[]""")]
    [InlineData("""{"models":[{"name":"no id"}],"has_more":false}""")]
    public async Task An_answer_of_another_shape_is_a_protocol_error(string json)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(json);
        await Assert.ThrowsAsync<FalProtocolException>(() => ToListAsync(fal.Client.Platform.ListModelsAsync()));
    }

    [Fact]
    public async Task A_cursor_that_repeats_ends_the_list()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "/models", Replies.Json("""{"models":[],"next_cursor":"x","has_more":true}"""));
        await Assert.ThrowsAsync<FalProtocolException>(() => ToListAsync(fal.Client.Platform.ListModelsAsync()));
        Assert.Equal(2, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_reaches_calls_without_a_method_of_their_own()
    {
        using var fal = new TestFal(Canary, change: options => options.AdminKey = AdminKey);
        fal.Handler.On("POST", "/keys", Replies.Json("""{"key_id":"k"}"""));
        fal.Handler.On("GET", "/meta", Replies.Json("{}"));
        using var body = JsonDocument.Parse("""{"alias":"ci"}""");
        var answer = await fal.Client.Platform.SendAsync(HttpMethod.Post, "/keys", FalPlatformKey.Admin, body.RootElement);
        Assert.Equal("k", answer.GetProperty("key_id").GetString());
        Assert.Equal(("""{"alias":"ci"}""", "Key " + AdminKey), (fal.Handler.Requests[0].Text, fal.Handler.Requests[0]["Authorization"]));
        await fal.Client.Platform.SendAsync(HttpMethod.Get, "/meta", FalPlatformKey.None);
        Assert.Null(fal.Handler.Requests[1]["Authorization"]);
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Platform.SendAsync(HttpMethod.Get, "/../keys"));
    }

    [Fact]
    public async Task SendAsync_reads_an_answer_as_a_type_or_throws()
    {
        using var fal = new TestFal(Canary);
        var type = (JsonTypeInfo<string[]>)JsonSerializerOptions.Default.GetTypeInfo(typeof(string[]));
        fal.Handler.On("GET", "/tags", Replies.Json("""["a","b"]"""));
        fal.Handler.On("GET", "/null", Replies.Json("null"));
        fal.Handler.On("GET", "/other", Replies.Json("""{"a":1}"""));
        Assert.Equal(["a", "b"], await fal.Client.Platform.SendAsync(HttpMethod.Get, "/tags", type));
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.SendAsync(HttpMethod.Get, "/null", type));
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.SendAsync(HttpMethod.Get, "/other", type));
    }

    [Fact]
    public async Task Queries_refuse_values_that_fal_cannot_take()
    {
        using var fal = new TestFal(Canary);
        var many = Enumerable.Range(0, 51).Select(i => $"acme/lumen/v{i}").ToArray();
        Assert.Throws<ArgumentException>(() => fal.Client.Platform.ListModelsAsync(new FalModelQuery { EndpointIds = many }));
        Assert.Throws<ArgumentException>(() => fal.Client.Platform.ListUsageAsync(new FalSpendQuery { RequestIds = many }));
        Assert.Throws<ArgumentException>(() => fal.Client.Platform.ListUsageAsync(new FalSpendQuery { Timeframe = (FalTimeframe)9 }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => fal.Client.Platform.SetStorageSettingsAsync(new FalStorageSettings { ExpiresAfter = TimeSpan.Zero }));
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }
}
