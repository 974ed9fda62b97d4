using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.PlatformPackage;

/// <summary>Every call of the platform API over a socket: pages, unknown members, large numbers and the errors 401, 403, 404 and 429.</summary>
public sealed class PlatformServerTests : CanaryTest
{
    private const string Large = "1234567890123456789.012345";
    private const string Id = "019e0b42-7a5b-7c1f-9d3c-2a7a44f5c1de";
    private const string Access = """{"default":"forbid","rules":[{"user":"ann","decision":"allow","new":1}],"new":1}""";
    private const string Money = "\"unit_price\":0.5,\"cost_subtotal\":2,\"cost_discount\":0,\"cost_total\":" + Large;
    private const string Price = "{\"endpoint_id\":\"acme/lumen\",\"unit_price\":" + Large + ",\"unit\":\"units\",\"currency\":\"USD\",\"new\":{}}";
    private static readonly Uri File = new("https://v3.fal.media/files/b/abc/car.mp4");
    private static readonly string[] Lumen = ["acme/lumen"];
    private static readonly DateTimeOffset Since = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonTypeInfo<JsonElement> Json
        = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));
    private static readonly JsonElement Body = JsonDocument.Parse("""{"prompt":"x"}""").RootElement;

    /// <summary>A call, what it must send, the server's answers, and the values read from them.</summary>
    private sealed record Call(string Request, Func<FalPlatform, Task<object?>> Invoke, string[] Answers, string Read);

    private static readonly Dictionary<string, Call> Calls = new()
    {
        ["GetMeta"] = new(
            "GET /meta",
            async platform => (await platform.GetMetaAsync()).WebhookIpRanges[0],
            ["""{"webhook_ip_ranges":["203.0.113.7/32"],"new":1}"""],
            "203.0.113.7/32"),
        ["GetPrice"] = new(
            "GET /models/pricing",
            async platform => (await platform.GetPriceAsync("acme/lumen"))?.UnitPrice,
            Pages("prices", Price),
            Large),
        ["GetPrices"] = new(
            "GET /models/pricing",
            async platform => Join((await platform.GetPricesAsync(Lumen)).Select(price => price.UnitPrice)),
            Pages("prices", Price),
            Twice(Large)),
        ["GetCost"] = new(
            "GET /models/pricing",
            async platform =>
            {
                var cost = await platform.GetCostAsync(new FalCallInfo { EndpointId = "acme/lumen", BillableUnits = 2 });
                return cost.Amount is { } amount ? amount : cost;
            },
            Pages("prices", Price),
            "2469135780246913578.024690"),
        ["GetHistoricalCost"] = new(
            "POST /models/pricing/estimate",
            async platform => await platform.GetHistoricalCostAsync("acme/lumen") is var cost && cost.IsKnown ? cost.Amount : cost,
            ["{\"total_cost\":" + Large + ",\"currency\":\"USD\",\"estimate_type\":\"historical_api_price\",\"new\":1}"],
            Large),
        ["ListRequests"] = new(
            "GET /models/requests/by-endpoint",
            async platform => Join(await ListAsync(platform.ListRequestsAsync(new() { EndpointIds = Lumen }), record => record.RequestId)),
            Pages("items", RequestRecord),
            Twice("r-1")),
        ["FindJobs"] = new(
            "GET /models/requests/by-endpoint",
            async platform => Join((await platform.FindJobsAsync("acme/lumen", Body, Since)).Candidates.Select(token => token.RequestId)),
            Pages("items", RequestRecord),
            Twice("r-1")),
        ["DeletePayloads"] = new(
            $"DELETE /models/requests/{Id}/payloads",
            async platform => Join((await platform.DeletePayloadsAsync(Id)).Select(file => file.Error)),
            ["""{"cdn_delete_results":[{"link":"a","exception":"locked","new":1}],"new":1}"""],
            "locked"),
        ["Send"] = new(
            "POST /keys",
            async platform => (await platform.SendAsync(HttpMethod.Post, "/keys", FalPlatformKey.Admin, Body)).GetProperty("n").GetDecimal(),
            ["{\"n\":" + Large + "}"],
            Large),
        ["List"] = new(
            "GET /new/things",
            async platform => Join(await ListAsync(platform.ListAsync("/new/things", "things", Json), thing => thing.GetProperty("n").GetDecimal())),
            Pages("things", "{\"n\":" + Large + "}"),
            Twice(Large)),
        ["ListModels"] = new(
            "GET /models",
            async platform => Join(await ListAsync(platform.ListModelsAsync(), model => model.Metadata?.DurationEstimate)),
            Pages("models", Model),
            Twice(Large)),
        ["GetModel"] = new(
            "GET /models",
            async platform => (await platform.GetModelAsync("acme/lumen"))?.EndpointId,
            ["{\"models\":[" + Model + "],\"has_more\":false}"],
            "acme/lumen"),
        ["ListBillingEvents"] = new(
            "GET /models/billing-events",
            async platform => Join(await ListAsync(platform.ListBillingEventsAsync(), billed => billed.CostTotal)),
            Pages(
                "billing_events",
                """{"request_id":"r","endpoint_id":"acme/lumen","timestamp":"2026-01-02T03:04:05Z","output_units":3,"new":1,""" + Money + "}"),
            Twice(Large)),
        ["ListUsage"] = new(
            "GET /models/usage",
            async platform => Join(await ListAsync(platform.ListUsageAsync(), bucket => bucket.Results[0].CostTotal)),
            Pages("time_series", "{\"bucket\":\"2026-01-02T00:00:00Z\",\"results\":[" + UsageRow + "],\"new\":1}"),
            Twice(Large)),
        ["SummarizeUsage"] = new(
            "GET /models/usage",
            async platform => Join(await ListAsync(platform.SummarizeUsageAsync(), row => row.CostTotal)),
            Pages("summary", UsageRow),
            Twice(Large)),
        ["ListAnalytics"] = new(
            "GET /models/analytics",
            async platform => Join(await ListAsync(
                platform.ListAnalyticsAsync(["request_count"], new() { EndpointIds = Lumen }),
                bucket => bucket.Results[0].GetProperty("request_count").GetDecimal())),
            Pages("time_series", "{\"bucket\":\"2026-01-02T00:00:00Z\",\"results\":[{\"request_count\":" + Large + "}],\"new\":1}"),
            Twice(Large)),
        ["GetBalance"] = new(
            "GET /account/billing",
            async platform => (await platform.GetBalanceAsync()).CurrentBalance,
            ["{\"username\":\"acme\",\"credits\":{\"current_balance\":" + Large + ",\"currency\":\"USD\",\"new\":1},\"new\":1}"],
            Large),
        ["GetFileAccess"] = new("GET /storage/files/acl", async platform => (await platform.GetFileAccessAsync(File)).Default, [Access], "Forbid"),
        ["SetFileAccess"] = new(
            "PUT /storage/files/acl",
            async platform => (await platform.SetFileAccessAsync(File, new FalAccess { Default = FalAccessDecision.Hide })).Rules[0].User,
            [Access],
            "ann"),
        ["SignFileUrl"] = new(
            "POST /storage/files/sign",
            async platform => await platform.SignFileUrlAsync(File, TimeSpan.FromHours(1)),
            ["""{"signed_url":"https://v3.fal.media/a?identity=x","new":1}"""],
            "https://v3.fal.media/a?identity=x"),
        ["GetStorageSettings"] = new(
            "GET /storage/settings",
            async platform => (await platform.GetStorageSettingsAsync()).ExpiresAfter,
            ["""{"expiration_duration_seconds":3600,"new":1}"""],
            "01:00:00"),
        ["SetStorageSettings"] = new(
            "PUT /storage/settings",
            async platform => (await platform.SetStorageSettingsAsync(new FalStorageSettings())).ExpiresAfter,
            ["""{"expiration_duration_seconds":3600,"initial_acl":null,"new":1}"""],
            "01:00:00"),
    };

    private const string RequestRecord =
        """{"request_id":"r-1","endpoint_id":"acme/lumen","sent_at":"2026-01-02T10:00:00Z","duration":1e300,"json_input":{"prompt":"x"},"new":1}""";

    private const string Model = "{\"endpoint_id\":\"acme/lumen\",\"metadata\":{\"duration_estimate\":" + Large + ",\"new\":1},\"new\":1}";
    private const string UsageRow = "{\"endpoint_id\":\"acme/lumen\",\"unit\":\"units\",\"quantity\":3,\"currency\":\"USD\",\"new\":1," + Money + "}";

    public static TheoryData<string> Names => [.. Calls.Keys];

    /// <summary>The calls that read an amount as <see cref="decimal"/>.</summary>
    public static TheoryData<string> Amounts
        => ["GetPrice", "GetPrices", "GetCost", "GetHistoricalCost", "ListModels", "ListBillingEvents", "ListUsage", "SummarizeUsage", "GetBalance"];

    public static TheoryData<string, int> Errors
    {
        get
        {
            var errors = new TheoryData<string, int>();
            foreach (var name in Calls.Keys)
                foreach (var status in new[] { 401, 403, 404, 429 }) errors.Add(name, status);
            return errors;
        }
    }

    [Fact]
    public void Every_public_call_of_the_platform_stands_in_the_table()
    {
        Type[] types =
        [
            typeof(FalPlatform), typeof(FalAccountExtensions), typeof(FalBillingExtensions), typeof(FalFileAccessExtensions),
            typeof(FalModelsExtensions),
        ];
        var methods = types.SelectMany(type => type.GetMethods())
            .Select(method => method.Name)
            .Where(name => name.EndsWith("Async", StringComparison.Ordinal));
        Assert.Equal(methods.Distinct().Order(), Calls.Keys.Select(name => name + "Async").Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_reads_pages_large_numbers_and_unknown_members(string name)
    {
        var call = Calls[name];
        await using var server = new ScriptedServer([.. call.Answers.Select(answer => ServerSteps.Json(answer))]);
        using var client = Client(server);
        Assert.Equal(call.Read, Text(await call.Invoke(client.Platform)));
        Assert.Equal(call.Answers.Length, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal(call.Request, $"{request.Method} {request.Url.AbsolutePath[3..]}"));
        Assert.All(server.Requests.Skip(1), request => Assert.Contains("cursor=next", request.Url.Query, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_of_the_server_is_an_exception_or_a_documented_value(string name, int status)
    {
        const string Error = """{"error":{"type":"t","message":"What happened.","new":1},"new":1}""";
        await using var server = new ScriptedServer(ServerSteps.Json(Error, status));
        using var client = Client(server);
        if (name is "GetCost" or "GetHistoricalCost")
        {
            Assert.StartsWith("unknown: ", Text(await Calls[name].Invoke(client.Platform)), StringComparison.Ordinal);
            return;
        }
        if (status == 404 && name is "GetPrice" or "GetPrices" or "GetModel")
        {
            Assert.Equal("", Text(await Calls[name].Invoke(client.Platform)));
            return;
        }
        var ex = await Assert.ThrowsAnyAsync<FalException>(() => Calls[name].Invoke(client.Platform));
        var expected = status switch
        {
            404 => typeof(FalRequestRejectedException),
            429 => typeof(FalRateLimitException),
            _ => typeof(FalAuthenticationException),
        };
        Assert.IsType(expected, ex);
        Assert.Equal((status, "t"), (ex.StatusCode, ex.ErrorType));
        Assert.Contains("What happened", ex.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Amounts))]
    public async Task A_number_beyond_decimal_is_a_protocol_exception_or_unknown(string name)
    {
        var call = Calls[name];
        await using var server = new ScriptedServer(ServerSteps.Json(call.Answers[0].Replace(Large, "1e400", StringComparison.Ordinal)));
        using var client = Client(server);
        if (name is "GetCost" or "GetHistoricalCost")
        {
            Assert.StartsWith("unknown: ", Text(await call.Invoke(client.Platform)), StringComparison.Ordinal);
            return;
        }
        await Assert.ThrowsAsync<FalProtocolException>(() => call.Invoke(client.Platform));
    }

    private static FalClient Client(ScriptedServer server)
    {
        var options = new FalClientOptions
        {
            Key = CanaryGuard.Key,
            AdminKey = "admin-id:admin-secret-0123456789",
            PlatformAddress = new Uri(server.Address, "v1"),
            AllowHttpOnLoopback = true,
            Retry = FalRetryOptions.None,
        };
        return new FalClient(options, _ => null);
    }

    private static string[] Pages(string list, string item)
        =>
        [
            $$"""{"{{list}}":[{{item}}],"next_cursor":"next","has_more":true}""",
            $$"""{"{{list}}":[{{item}}],"next_cursor":null,"has_more":false,"new":1}""",
        ];

    private static string Twice(string value) => $"{value} {value}";

    private static string Join<T>(IEnumerable<T> values) => string.Join(' ', values.Select(value => Text(value)));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static async Task<List<TValue>> ListAsync<T, TValue>(IAsyncEnumerable<T> items, Func<T, TValue> value)
    {
        var values = new List<TValue>();
        await foreach (var item in items) values.Add(value(item));
        return values;
    }
}
