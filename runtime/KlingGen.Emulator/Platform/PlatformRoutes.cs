using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fal.Emulation;

/// <summary>
/// Routes of the platform API over the emulator's own records: prices, models, requests, billing and the deletion of payloads.
/// </summary>
internal sealed class PlatformRoutes(EmulatorServices services)
{
    private const string Currency = "USD";
    private const string Unit = "units";
    private const string WebhookRange = "127.0.0.0/8";

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("/v1/models/pricing", PricesAsync);
        Get("/v1/models", ModelsAsync);
        Get("/v1/models/requests/by-endpoint", RequestsAsync);
        Get("/v1/models/analytics", AnalyticsAsync);
        Get("/v1/models/billing-events", BillingEventsAsync, admin: true);
        Get("/v1/models/usage", UsageAsync, admin: true);
        Get("/v1/account/billing", BalanceAsync, admin: true);
        Add(routes.MapPost("/v1/models/pricing/estimate", Guarded(EstimateAsync, admin: false)));
        Add(routes.MapDelete("/v1/models/requests/{id}/payloads", Guarded(DeletePayloadsAsync, admin: true)));
        Add(routes.MapGet("/v1/meta", MetaAsync));

        void Get(string path, RequestDelegate handle, bool admin = false) => Add(routes.MapGet(path, Guarded(handle, admin)));

        static void Add(IEndpointConventionBuilder route) => route.WithMetadata(new OperationMark(FalOperation.Platform));
    }

    private static Task MetaAsync(HttpContext context)
        => PlatformAnswers.JsonAsync(context, new JsonObject { ["webhook_ip_ranges"] = new JsonArray(WebhookRange) });

    private RequestDelegate Guarded(RequestDelegate handle, bool admin) => async context =>
    {
        if (await PlatformAnswers.PassesAsync(context, services, admin).ConfigureAwait(false)) await handle(context).ConfigureAwait(false);
    };

    private Task PricesAsync(HttpContext context)
    {
        var ids = PlatformAnswers.Values(context, "endpoint_id");
        if (ids.Length is 0 or > 50) return PlatformAnswers.ErrorAsync(context, 400, "endpoint_id must name 1 to 50 endpoints.");
        if (ids.FirstOrDefault(id => !IsServed(id)) is { } unknown) return PlatformAnswers.ErrorAsync(context, 404, $"Endpoint not found: {unknown}");
        JsonNode[] prices = [.. ids.Select(id => new JsonObject
        {
            ["endpoint_id"] = id,
            ["unit_price"] = services.UnitPrice,
            ["unit"] = Unit,
            ["currency"] = Currency,
        })];
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "prices", prices, 50, 50));
    }

    private async Task EstimateAsync(HttpContext context)
    {
        var total = 0m;
        try
        {
            var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
            var kind = (string?)body!["estimate_type"];
            foreach (var (id, quantity) in body["endpoints"]?.AsObject() ?? new JsonObject())
            {
                if (!IsServed(id))
                {
                    await PlatformAnswers.ErrorAsync(context, 404, $"Endpoint not found: {id}").ConfigureAwait(false);
                    return;
                }
                total += kind == "unit_price"
                    ? (decimal)quantity!["unit_quantity"]! * services.UnitPrice
                    : (decimal)quantity!["call_quantity"]! * Average(id);
            }
            var answer = new JsonObject { ["estimate_type"] = kind, ["total_cost"] = total, ["currency"] = Currency };
            await PlatformAnswers.JsonAsync(context, answer).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is InvalidOperationException or FormatException or NullReferenceException or OverflowException)
        {
            await PlatformAnswers.ErrorAsync(context, 400, "The body is no estimate.").ConfigureAwait(false);
        }
    }

    private Task ModelsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var ids = PlatformAnswers.Values(context, "endpoint_id");
        if (ids.FirstOrDefault(id => !IsServed(id)) is { } unknown) return PlatformAnswers.ErrorAsync(context, 404, $"Endpoint not found: {unknown}");
        var withDocuments = PlatformAnswers.Values(context, "expand").Contains("openapi-3.0");
        var words = query["q"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var models = services.Documents.Endpoints
            .Where(id => ids.Length == 0 || ids.Contains(id))
            .Where(id => words.All(word => id.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(id => query["category"].ToString() is var category && (category.Length == 0 || CategoryOf(id) == category))
            .Where(_ => query["status"].ToString() is "" or "active")
            .Select(id => Model(id, withDocuments)).ToArray();
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "models", models, 50, 100));
    }

    private Task RequestsAsync(HttpContext context)
    {
        var ids = PlatformAnswers.Values(context, "endpoint_id");
        if (ids.Length is 0 or > 50) return PlatformAnswers.ErrorAsync(context, 400, "endpoint_id must name 1 to 50 endpoints.");
        var (now, requestId) = (services.Time.GetUtcNow(), context.Request.Query["request_id"].ToString());
        var start = PlatformAnswers.Date(context, "start") ?? (requestId.Length > 0 ? DateTimeOffset.MinValue : now.AddDays(-1));
        var end = PlatformAnswers.Date(context, "end") ?? DateTimeOffset.MaxValue;
        var withPayloads = PlatformAnswers.Values(context, "expand").Contains("payloads");
        var outcome = context.Request.Query["status"].ToString();
        // A queued request has no start and is not listed.
        var items = services.Jobs.All.Reverse()
            .Where(job => ids.Contains(job.Endpoint.ToString()) && (requestId.Length == 0 || job.RequestId == requestId))
            .Where(job => job.At(now).State != FalJobState.InQueue && job.SubmittedAt >= start && job.SubmittedAt < end)
            .Select(job => Request(job, now, withPayloads))
            .Where(item => outcome.Length == 0 || outcome == OutcomeOf((int?)item["status_code"]))
            .ToArray<JsonNode>();
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "items", items, 50, 100));
    }

    private Task BillingEventsAsync(HttpContext context)
    {
        var requests = PlatformAnswers.Values(context, "request_id");
        var events = Billed(context).Where(job => requests.Length == 0 || requests.Contains(job.RequestId)).Select(BillingEvent).ToArray<JsonNode>();
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "billing_events", events, 1000, 10_000));
    }

    private Task UsageAsync(HttpContext context)
    {
        var jobs = Billed(context).ToArray();
        if (PlatformAnswers.Values(context, "expand").Contains("summary"))
        {
            return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "summary", UsageRows(jobs), 1000, 10_000));
        }
        JsonNode[] buckets = [.. jobs.GroupBy(job => job.Times().End.UtcDateTime.Date).OrderBy(day => day.Key).Select(day => new JsonObject
        {
            ["bucket"] = PlatformAnswers.Text(new DateTimeOffset(day.Key, TimeSpan.Zero)),
            ["results"] = new JsonArray([.. UsageRows(day)]),
        })];
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "time_series", buckets, 1000, 10_000));
    }

    private Task AnalyticsAsync(HttpContext context)
    {
        var ids = PlatformAnswers.Values(context, "endpoint_id");
        var metrics = PlatformAnswers.Values(context, "expand").Where(name => name is not ("time_series" or "summary")).ToArray();
        if (ids.Length == 0 || metrics.Length == 0) return PlatformAnswers.ErrorAsync(context, 400, "Name at least one endpoint and one metric.");
        var now = services.Time.GetUtcNow();
        var jobs = services.Jobs.All.Where(job => ids.Contains(job.Endpoint.ToString()) && job.At(now).IsOver);
        JsonNode[] buckets = [.. jobs.GroupBy(job => job.Times().End.UtcDateTime.Date).OrderBy(day => day.Key).Select(day => new JsonObject
        {
            ["bucket"] = PlatformAnswers.Text(new DateTimeOffset(day.Key, TimeSpan.Zero)),
            ["results"] = new JsonArray([.. day.GroupBy(job => job.Endpoint.ToString()).Select(group => Metrics(group.Key, [.. group], metrics))]),
        })];
        return PlatformAnswers.JsonAsync(context, PlatformAnswers.Page(context, "time_series", buckets, 1000, 10_000));
    }

    private Task BalanceAsync(HttpContext context)
    {
        var answer = new JsonObject { ["username"] = "emulator" };
        if (PlatformAnswers.Values(context, "expand").Contains("credits"))
        {
            var spent = services.Jobs.All.Where(IsBilled).Sum(CostOf);
            answer["credits"] = new JsonObject { ["current_balance"] = Math.Max(100m - spent, 0m), ["currency"] = Currency };
        }
        return PlatformAnswers.JsonAsync(context, answer);
    }

    private Task DeletePayloadsAsync(HttpContext context)
    {
        var id = (string?)context.Request.RouteValues["id"];
        if (services.Jobs.All.FirstOrDefault(job => job.RequestId == id) is not { } job)
        {
            return PlatformAnswers.ErrorAsync(context, 404, $"Request not found: {id}");
        }
        var deleted = new JsonArray();
        foreach (var file in job.KeepsPayloads ? FilesOf(job) : [])
        {
            services.Files.Remove(file);
            deleted.Add(new JsonObject { ["link"] = file.Url.AbsoluteUri, ["exception"] = null });
        }
        job.KeepsPayloads = false;
        return PlatformAnswers.JsonAsync(context, new JsonObject { ["cdn_delete_results"] = deleted });
    }

    private bool IsServed(string id) => services.Documents.Endpoints.Contains(id);

    private decimal Average(string id)
    {
        var costs = services.Jobs.All.Where(job => job.Endpoint.ToString() == id && IsBilled(job)).Select(CostOf).ToArray();
        return costs.Length == 0 ? 0 : costs.Average();
    }

    private bool IsBilled(EmulatedJob job) => job.At(services.Time.GetUtcNow()).End == JobEndState.Succeeded;

    private decimal CostOf(EmulatedJob job) => job.Run.BillableUnits * services.UnitPrice;

    private IEnumerable<EmulatedJob> Billed(HttpContext context)
    {
        var ids = PlatformAnswers.Values(context, "endpoint_id");
        var start = PlatformAnswers.Date(context, "start") ?? services.Time.GetUtcNow().AddDays(-1);
        var end = PlatformAnswers.Date(context, "end") ?? DateTimeOffset.MaxValue;
        return services.Jobs.All.Where(IsBilled)
            .Where(job => (ids.Length == 0 || ids.Contains(job.Endpoint.ToString())) && job.Times().End >= start && job.Times().End < end);
    }

    private JsonObject BillingEvent(EmulatedJob job) => new()
    {
        ["request_id"] = job.RequestId,
        ["endpoint_id"] = job.Endpoint.ToString(),
        ["timestamp"] = PlatformAnswers.Text(job.Times().End),
        ["output_units"] = job.Run.BillableUnits,
        ["unit_price"] = services.UnitPrice,
        ["percent_discount"] = null,
        ["cost_subtotal"] = CostOf(job),
        ["cost_discount"] = 0,
        ["cost_total"] = CostOf(job),
        ["cost_estimate_nano_usd"] = (long)(CostOf(job) * 1_000_000_000m),
    };

    private JsonNode[] UsageRows(IEnumerable<EmulatedJob> jobs) => [.. jobs.GroupBy(job => job.Endpoint.ToString()).Select(group => new JsonObject
    {
        ["endpoint_id"] = group.Key,
        ["unit"] = Unit,
        ["quantity"] = group.Sum(job => job.Run.BillableUnits),
        ["unit_price"] = services.UnitPrice,
        ["percent_discount"] = null,
        ["cost_subtotal"] = group.Sum(CostOf),
        ["cost_discount"] = 0,
        ["cost_total"] = group.Sum(CostOf),
        ["cost"] = group.Sum(CostOf),
        ["currency"] = Currency,
    })];

    private JsonObject Metrics(string endpoint, EmulatedJob[] jobs, string[] metrics)
    {
        var row = new JsonObject { ["endpoint_id"] = endpoint };
        var succeeded = jobs.Count(IsBilled);
        foreach (var metric in metrics.Distinct())
        {
            row[metric] = metric switch
            {
                "request_count" => jobs.Length,
                "success_count" => succeeded,
                "error_count" => jobs.Length - succeeded,
                "p50_duration" => jobs.Select(job => (job.Times().End - job.Times().Start).TotalSeconds).Order().ElementAt(jobs.Length / 2),
                _ => 0,
            };
        }
        return row;
    }

    private JsonObject Request(EmulatedJob job, DateTimeOffset now, bool withPayloads)
    {
        var moment = job.At(now);
        var (start, end) = job.Times();
        var answer = moment.IsOver ? JobAnswer.ForJob(job, moment.End, services.Results) : null;
        var request = new JsonObject
        {
            ["request_id"] = job.RequestId,
            ["endpoint_id"] = job.Endpoint.ToString(),
            ["sent_at"] = PlatformAnswers.Text(job.SubmittedAt),
            ["started_at"] = PlatformAnswers.Text(start < end ? start : end),
            ["ended_at"] = moment.IsOver ? PlatformAnswers.Text(end) : null,
            ["status_code"] = answer?.StatusCode,
            ["duration"] = moment.IsOver ? Math.Max((end - start).TotalSeconds, 0) : null,
        };
        if (!withPayloads || !job.KeepsPayloads) return request;
        if (job.Input.ValueKind != JsonValueKind.Undefined) request["json_input"] = JsonNode.Parse(job.Input.GetRawText());
        if (answer is not null) request["json_output"] = WireJson.ParseOrText(answer.Body);
        return request;
    }

    private JsonObject Model(string id, bool withDocument)
    {
        var model = new JsonObject
        {
            ["endpoint_id"] = id,
            ["metadata"] = new JsonObject
            {
                ["display_name"] = id,
                ["category"] = CategoryOf(id),
                ["description"] = "",
                ["status"] = "active",
                ["tags"] = new JsonArray(),
                ["updated_at"] = PlatformAnswers.Text(DateTimeOffset.UnixEpoch),
                ["thumbnail_url"] = "",
                ["model_url"] = $"https://fal.ai/models/{id}",
                ["date"] = PlatformAnswers.Text(DateTimeOffset.UnixEpoch),
            },
        };
        if (withDocument && services.Documents.Find(FalEndpointId.Parse(id)) is { } document) model["openapi"] = document.Root.DeepClone();
        return model;
    }

    // fal's categories are the tasks with which most endpoint ids end.
    private static string CategoryOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string OutcomeOf(int? statusCode) => statusCode switch
    {
        null => "",
        < 400 => "success",
        < 500 => "user_error",
        _ => "error",
    };

    private IEnumerable<FalEmulatedFile> FilesOf(EmulatedJob job)
    {
        if (!IsBilled(job)) return [];
        var named = Strings(job.Result(services.Results)).Select(services.Files.Find).OfType<FalEmulatedFile>();
        return named.Where(file => file.Origin != FalFileOrigin.Upload);
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
