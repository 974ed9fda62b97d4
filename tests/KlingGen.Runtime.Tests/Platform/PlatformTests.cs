using System.Text.Json;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Platform;

/// <summary>The calls of the platform API: URLs, keys, pages, errors.</summary>
public sealed class PlatformTests : CanaryTest
{
    private const string AdminKey = "admin-id:admin-secret-0123456789";
    private const string Price = """{"endpoint_id":"acme/lumen","unit_price":0.07,"unit":"units","currency":"USD","new":{"x":1}}""";

    [Fact]
    public async Task GetPricesAsync_asks_for_50_ids_at_a_time_and_reads_every_page()
    {
        using var fal = new TestFal(Canary);
        var precise = Price.Replace("0.07", "\"1234567890123456789.012345\"", StringComparison.Ordinal);
        fal.Handler.Json($$"""{"prices":[{{Price}}],"next_cursor":"a b","has_more":true}""")
            .Json($$"""{"prices":[{{precise}}],"next_cursor":null,"has_more":false}""")
            .Json("""{"prices":[],"next_cursor":null,"has_more":false}""");

        var prices = await fal.Client.Platform.GetPricesAsync(Enumerable.Range(0, 51).Select(i => $"acme/lumen/v{i}"));

        Assert.Equal([0.07m, 1234567890123456789.012345m], prices.Select(price => price.UnitPrice));
        Assert.Equal(("acme/lumen", "units", "USD"), (prices[0].EndpointId, prices[0].Unit, prices[0].Currency));
        var urls = fal.Handler.Requests.Select(request => request.Url.AbsoluteUri).ToList();
        const string First = "https://api.fal.ai/v1/models/pricing?endpoint_id=acme%2Flumen%2Fv0&endpoint_id=acme%2Flumen%2Fv1&";
        Assert.StartsWith(First, urls[0], StringComparison.Ordinal);
        Assert.Equal(urls[0] + "&cursor=a%20b", urls[1]);
        Assert.Equal("https://api.fal.ai/v1/models/pricing?endpoint_id=acme%2Flumen%2Fv50", urls[2]);
        Assert.All(fal.Handler.Requests, request => Assert.Equal("Key " + CanaryGuard.Key, request["Authorization"]));
    }

    [Fact]
    public async Task GetPricesAsync_leaves_out_ids_that_fal_does_not_know()
    {
        using var fal = new TestFal(Canary);
        const string NotFound = """{"error":{"type":"not_found","message":"Endpoint not found: acme/none"}}""";
        fal.Handler.Json(NotFound, 404).Json(NotFound, 404).Json($$"""{"prices":[{{Price}}],"next_cursor":null,"has_more":false}""");
        var prices = await fal.Client.Platform.GetPricesAsync(["acme/none", "acme/lumen"]);
        Assert.Equal("acme/lumen", Assert.Single(prices).EndpointId);
    }

    [Fact]
    public async Task GetPriceAsync_is_null_for_an_unknown_endpoint()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"error":{"type":"not_found","message":"Endpoint not found"}}""", 404);
        Assert.Null(await fal.Client.Platform.GetPriceAsync("acme/none"));
        Assert.Equal("GET", fal.Handler.Request.Method);
    }

    [Theory]
    [InlineData(401, "authorization_error", typeof(FalAuthenticationException))]
    [InlineData(403, "authorization_error", typeof(FalAuthenticationException))]
    [InlineData(400, "validation_error", typeof(FalRequestRejectedException))]
    [InlineData(422, "validation_error", typeof(FalRequestRejectedException))]
    [InlineData(429, "rate_limited", typeof(FalRateLimitException))]
    [InlineData(500, "server_error", typeof(FalUnavailableException))]
    public async Task A_platform_error_becomes_the_exception_of_its_status(int status, string type, Type exception)
    {
        using var fal = new TestFal(Canary, change: options => options.Retry = FalRetryOptions.None);
        const string More = "\"message\":\"What happened.\",\"docs_url\":\"https://docs.fal.ai\",\"request_id\":\"r-1\"";
        fal.Handler.Json($$$"""{"error":{"type":"{{{type}}}",{{{More}}}}}""", status);
        var ex = await Assert.ThrowsAnyAsync<FalException>(() => fal.Client.Platform.GetMetaAsync());
        Assert.IsType(exception, ex);
        Assert.Equal((status, type), (ex.StatusCode, ex.ErrorType));
        Assert.Contains("What happened", ex.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"webhook_ip_ranges":"1.2.3.4/32"}""")]
    public async Task An_answer_of_another_shape_is_a_protocol_exception(string body)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(body);
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.GetMetaAsync());
    }

    [Fact]
    public async Task GetMetaAsync_sends_no_key()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"webhook_ip_ranges":["203.0.113.7/32"]}""");
        Assert.Equal(["203.0.113.7/32"], (await fal.Client.Platform.GetMetaAsync()).WebhookIpRanges);
        Assert.Equal("https://api.fal.ai/v1/meta", fal.Handler.Request.Url.AbsoluteUri);
        Assert.DoesNotContain("Authorization", fal.Handler.Request.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task DeletePayloadsAsync_sends_the_admin_key_and_no_other_call_does()
    {
        using var fal = new TestFal(Canary, change: options =>
        {
            options.AdminKey = AdminKey;
            options.PlatformAddress = new Uri("https://gateway.example.com/fal/v1");
        });
        Canary.Watch(fal.Handler, "gateway.example.com");
        fal.Handler.Json("""{"cdn_delete_results":[{"link":"https://v3.fal.media/a.mp4","exception":null},{"link":"b","exception":"locked"}]}""")
            .Json("""{"items":[],"next_cursor":null,"has_more":false}""");

        var files = await fal.Client.Platform.DeletePayloadsAsync("019E0B42-7a5b-7c1f-9d3c-2a7a44f5c1de");
        Assert.Equal([(true, null), (false, "locked")], files.Select(file => (file.IsDeleted, file.Error)));
        Assert.Equal("https://v3.fal.media/a.mp4", files[0].Link);
        await foreach (var record in fal.Client.Platform.ListRequestsAsync(new() { EndpointIds = ["acme/lumen"] })) Assert.Fail(record.ToString());

        var (delete, list) = (fal.Handler.Requests[0], fal.Handler.Requests[1]);
        Assert.Equal("DELETE", delete.Method);
        Assert.Equal("https://gateway.example.com/fal/v1/models/requests/019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de/payloads", delete.Url.AbsoluteUri);
        Assert.Equal("Key " + AdminKey, delete["Authorization"]);
        Assert.Equal("Key " + CanaryGuard.Key, list["Authorization"]);
    }

    [Fact]
    public async Task DeletePayloadsAsync_without_an_admin_key_sends_nothing()
    {
        using var fal = new TestFal(Canary);
        var ex = await Assert.ThrowsAsync<FalAuthenticationException>(
            () => fal.Client.Platform.DeletePayloadsAsync("019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de"));
        Assert.Contains("FAL_ADMIN_KEY", ex.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent", ex.Message, StringComparison.Ordinal);
        Assert.Empty(fal.Handler.Requests);
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Platform.DeletePayloadsAsync("../../keys"));
    }

    [Fact]
    public async Task The_admin_key_is_removed_from_errors_that_repeat_it()
    {
        using var fal = new TestFal(Canary, change: options => options.AdminKey = AdminKey);
        fal.Handler.Json($$$"""{"error":{"type":"validation_error","message":"bad {{{AdminKey}}}"}}""", 400);
        var ex = await Assert.ThrowsAsync<FalRequestRejectedException>(
            () => fal.Client.Platform.DeletePayloadsAsync("019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de"));
        Assert.DoesNotContain("admin-secret", ex.ToString() + ex.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public void The_admin_key_comes_from_the_environment_and_is_checked()
    {
        using var handler = new ScriptedHandler();
        var options = new FalClientOptions { Key = CanaryGuard.Key, HttpHandler = handler };
        using var client = new FalClient(options, name => name == "FAL_ADMIN_KEY" ? AdminKey : null);
        var ex = Assert.Throws<ArgumentException>(() => new FalClient(options, name => name == "FAL_ADMIN_KEY" ? "no colon" : null));
        Assert.Contains("FAL_ADMIN_KEY", ex.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no colon", ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListRequestsAsync_reads_pages_as_they_are_consumed()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""
            {"items":[{"request_id":"r-1","endpoint_id":"acme/lumen","started_at":"2026-11-30T10:00:01Z","sent_at":"2026-11-30T10:00:00Z",
            "ended_at":null,"status_code":null,"duration":null,"json_input":{"prompt":"x"}}],"next_cursor":"c","has_more":true}
            """).Json("""
            {"items":[{"request_id":"r-2","endpoint_id":"acme/lumen","started_at":"2026-11-30T10:00:01Z","sent_at":"2026-11-30T10:00:00Z",
            "ended_at":"2026-11-30T10:01:00Z","status_code":200,"duration":58.25,"json_output":[1]}],"next_cursor":"c","has_more":true}
            """).Json("""{"items":[],"next_cursor":"c","has_more":true}""");
        var query = new FalRequestQuery
        {
            EndpointIds = ["acme/lumen"],
            Start = new DateTimeOffset(2026, 11, 30, 11, 0, 0, TimeSpan.FromHours(1)),
            End = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
            Outcome = FalRequestOutcome.UserError,
            RequestId = "r-1",
            WithPayloads = true,
            PageSize = 2,
        };
        var records = new List<FalRequestRecord>();
        var ex = await Assert.ThrowsAsync<FalProtocolException>(async () =>
        {
            await foreach (var record in fal.Client.Platform.ListRequestsAsync(query))
            {
                records.Add(record);
                Assert.Equal(records.Count, fal.Handler.Requests.Count);
            }
        });
        Assert.Contains("cursor twice", ex.Message, StringComparison.Ordinal);
        Assert.Equal(
            "https://api.fal.ai/v1/models/requests/by-endpoint?endpoint_id=acme%2Flumen&start=2026-11-30T10%3A00%3A00.000Z"
            + "&end=2026-12-01T00%3A00%3A00.000Z&request_id=r-1&status=user_error&expand=payloads&limit=2",
            fal.Handler.Requests[0].Url.AbsoluteUri);
        Assert.Equal(["acme/lumen r-1 ", "acme/lumen r-2 200"], records.Select(record => record.ToString()));
        Assert.Equal([("acme/lumen", "r-1"), ("acme/lumen", "r-2")], records.Select(record => (record.EndpointId, record.RequestId)));
        Assert.Equal("""{"prompt":"x"}""", records[0].JsonInput.ToString());
        Assert.Equal((null, (int?)null, (double?)null), (records[0].EndedAt, records[0].StatusCode, records[0].Duration));
        Assert.Equal(58.25, records[1].Duration);
        Assert.Equal("[1]", records[1].JsonOutput.ToString());
        Assert.Equal(TimeSpan.FromSeconds(1), records[0].StartedAt - records[0].SentAt);
        Assert.Equal(TimeSpan.FromMinutes(1), records[1].EndedAt - records[1].SentAt);
    }

    [Fact]
    public async Task ListRequestsAsync_ends_when_cursors_go_round()
    {
        using var fal = new TestFal(Canary);
        foreach (var cursor in (string[])["a", "b", "a"]) fal.Handler.Json($$"""{"items":[],"next_cursor":"{{cursor}}","has_more":true}""");
        var ex = await Assert.ThrowsAsync<FalProtocolException>(async () =>
        {
            await foreach (var _ in fal.Client.Platform.ListRequestsAsync(new() { EndpointIds = ["acme/lumen"] }))
            {
            }
        });
        Assert.Contains("cursor twice", ex.Message, StringComparison.Ordinal);
        Assert.Equal(3, fal.Handler.Requests.Count);
    }

    [Fact]
    public void FalRequestQuery_refuses_what_fal_would_refuse()
    {
        using var fal = new TestFal(Canary);
        Throws(new() { EndpointIds = [] });
        Throws(new() { EndpointIds = [.. Enumerable.Repeat("acme/lumen", 51)] });
        Throws(new() { EndpointIds = ["acme lumen"] });
        Throws(new() { EndpointIds = ["acme/lumen"], PageSize = 101 });
        Throws(new() { EndpointIds = ["acme/lumen"], Outcome = (FalRequestOutcome)9 });

        void Throws(FalRequestQuery query) => Assert.ThrowsAny<ArgumentException>(() => fal.Client.Platform.ListRequestsAsync(query));
    }

    [Fact]
    public async Task Every_json_number_of_a_price_is_read_exactly()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json($$"""{"prices":[{{Price.Replace("0.07", "1e400", StringComparison.Ordinal)}}],"next_cursor":null,"has_more":false}""");
        var ex = await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Platform.GetPriceAsync("acme/lumen"));
        Assert.IsType<JsonException>(ex.InnerException);
    }
}
