using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace KlingGen.Cli.Playground;

/// <summary>The calls of the page. All stand below <see cref="PageGuard.Calls"/>, where the guard demands the token.</summary>
internal sealed class PageCalls : IDisposable
{
    /// <summary>The largest body of a call that is no upload.</summary>
    public const long LargestJson = 4 * 1024 * 1024;

    private const int MostJobs = 200;
    private const string Done = "{}";

    private readonly object _lock = new();
    private readonly List<PageJob> _jobs = [];
    private readonly PlaygroundOptions _options;
    private readonly EndpointCatalog _catalog;
    private readonly UploadStore _uploads = new();
    private readonly FalClient _emulated;
    private readonly PaidRuns? _paid;

    public PageCalls(PlaygroundOptions options)
    {
        _options = options;
        _catalog = new EndpointCatalog(options.Specs);
        _emulated = options.Emulator.CreateClient(client => client.Polling = FalPolling.Every(TimeSpan.FromMilliseconds(200)));
        if (options.Paid is not { } paid) return;
        _paid = new PaidRuns(paid, options.Console.Time);

        // A server could repeat the key in an answer: nothing that leaves this class or goes to the terminal has it.
        options.Console.HideKey(paid.Key);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("/state", _ => Task.FromResult(State()));
        Get("/form", context => Task.FromResult(Form(context)));
        Get("/emulator", _ => Task.FromResult(EmulatorReport.FromEmulator(_options.Emulator).ToJsonString()));
        Post("/preview", PreviewAsync);
        Post("/uploads", UploadAsync);
        Post("/quotes", QuoteAsync);
        Post("/jobs", StartAsync);
        Post("/jobs/{id}/cancel", CancelAsync);
        Post("/emulator/script", ScriptAsync);
        Post("/emulator/faults/clear", _ =>
        {
            _options.Emulator.Faults.Clear();
            return Task.FromResult(Done);
        });
        routes.MapGet(PageGuard.Calls + "/jobs/{id}/events", EventsAsync);

        void Get(string path, Func<HttpContext, Task<string>> call) => routes.MapGet(PageGuard.Calls + path, context => AnswerAsync(context, call));

        void Post(string path, Func<HttpContext, Task<string>> call) => routes.MapPost(PageGuard.Calls + path, context => AnswerAsync(context, call));
    }

    public void Dispose()
    {
        _emulated.Dispose();
        _paid?.Dispose();
        foreach (var job in _jobs) job.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<string>> call)
    {
        try
        {
            var json = await call(context).ConfigureAwait(false);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(_options.Console.WithoutSecrets(json), Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is ToolException or ArgumentException or FalException)
        {
            await PageGuard.RefuseAsync(context, StatusCodes.Status400BadRequest, _options.Console.WithoutSecrets(ex.Message)).ConfigureAwait(false);
        }
        catch (BadHttpRequestException ex)
        {
            await PageGuard.RefuseAsync(context, ex.StatusCode, ex.Message).ConfigureAwait(false);
        }
    }

    private string State()
    {
        var endpoints = _catalog.Entries.Select(entry => (JsonNode)new JsonObject { ["id"] = entry.Id, ["family"] = entry.Family });
        return new JsonObject
        {
            ["endpoints"] = new JsonArray([.. endpoints]),
            ["emulator"] = _options.Emulator.QueueAddress.AbsoluteUri,
            ["paid"] = Budget(),
            ["operations"] = new JsonArray([.. ScriptFault.OperationNames.Select(name => (JsonNode)name)]),
            ["faults"] = new JsonArray([.. ScriptFault.KindNames.Select(name => (JsonNode)name)]),
        }.ToJsonString();
    }

    private JsonObject? Budget() => _paid is not { Budget: var budget } ? null : new JsonObject
    {
        ["host"] = _paid.QueueAddress.Host,
        ["limit"] = Money(budget.Limit, budget.Currency),
        ["remaining"] = Money(budget.Remaining, budget.Currency),
    };

    private string Form(HttpContext context)
    {
        var entry = _catalog.Find(context.Request.Query["endpoint"]) ?? throw new ToolException("The endpoint is not known.");
        return entry.Form;
    }

    /// <summary>Everything that depends on the values of the form: problems, price and code.</summary>
    private async Task<string> PreviewAsync(HttpContext context)
    {
        var call = await JsonCalls.ReadAsync(context).ConfigureAwait(false);
        var request = RequestInput.Read(call, _catalog, _uploads);
        var isPaid = call.Text("target") == "fal" && _paid is not null;
        var endpoint = new FalEndpoint<RequestValue, FalRawResult>(isPaid ? _paid!.Client : _emulated, request.Entry.Id);
        var problems = await ProblemsAsync(endpoint, request, context.RequestAborted).ConfigureAwait(false);
        var webhook = call.Url("webhook");
        return new JsonObject
        {
            ["problems"] = new JsonArray([.. problems]),
            ["price"] = endpoint.EstimateCost(request.Value).ToString(),
            ["csharp"] = problems.Count == 0 ? CodeSamples.CSharp(request, webhook) : null,
            ["curl"] = CodeSamples.Curl(request, isPaid ? _paid!.QueueAddress : _options.Emulator.QueueAddress, webhook),
            ["json"] = CodeSamples.Json(request),
        }.ToJsonString();
    }

    /// <summary>Validates with the tool's own checks, local files included, and then with NJsonSchema, whose errors have no paths.</summary>
    private static async Task<IReadOnlyList<JsonNode>> ProblemsAsync(
        FalEndpoint<RequestValue, FalRawResult> endpoint, RequestInput request, CancellationToken cancellation)
    {
        var problems = await endpoint.CheckAsync(request.Value, cancellation).ConfigureAwait(false);
        if (problems.Count > 0) return [.. problems.Select(ProblemJson.FromProblem)];
        var faults = request.Entry.Known.SchemaFaults(request.Value.ToText());
        return [.. faults.Select(fault => new JsonObject { ["path"] = "", ["type"] = "schema", ["message"] = fault })];
    }

    private async Task<string> UploadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = UploadStore.LargestFile;
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        var upload = _uploads.Add(context.Request.Query["name"], bytes.ToArray());
        return new JsonObject { ["reference"] = upload.Reference, ["name"] = upload.Name, ["length"] = upload.Length }.ToJsonString();
    }

    private async Task<string> QuoteAsync(HttpContext context)
    {
        var paid = _paid ?? throw NotAllowed();
        var call = await JsonCalls.ReadAsync(context).ConfigureAwait(false);
        var request = RequestInput.Read(call, _catalog, _uploads);
        var quote = paid.Ask(request, call.Url("webhook"));
        return new JsonObject
        {
            ["quote"] = quote.Id,
            ["price"] = quote.Estimate.ToString(),
            ["maximum"] = Money(quote.Estimate.Maximum!.Value, quote.Estimate.Currency!),
            ["remaining"] = Money(paid.Budget.Remaining, paid.Budget.Currency),
            ["host"] = paid.QueueAddress.Host,
        }.ToJsonString();
    }

    private async Task<string> StartAsync(HttpContext context)
    {
        var call = await JsonCalls.ReadAsync(context).ConfigureAwait(false);
        PageJob job;
        switch (call.Text("target"))
        {
            case "emulator":
                var request = RequestInput.Read(call, _catalog, _uploads);
                var skips = call["skipChecks"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
                var options = new FalSubmitOptions { Webhook = call.Url("webhook"), SkipLocalChecks = skips };
                job = new PageJob(_emulated, request, options, _options.Console, isPaid: false);
                break;
            case "fal":
                var paid = _paid ?? throw NotAllowed();

                // The request is the one whose price was shown; other values of the call are ignored.
                var quote = paid.Confirm(call.Text("quote") ?? throw new ToolException("A paid run needs a confirmed price."));
                var limited = new FalSubmitOptions { Webhook = quote.Webhook, MaxCost = quote.Estimate.Maximum };
                job = new PageJob(paid.Client, quote.Request, limited, _options.Console, isPaid: true);
                break;
            default:
                throw new ToolException("'target' is 'emulator' or 'fal'.");
        }

        lock (_lock)
        {
            _jobs.Add(job);
            if (_jobs.Count > MostJobs && _jobs.Find(old => old.IsOver) is { } over)
            {
                _jobs.Remove(over);
                over.Dispose();
            }
        }

        _ = Task.Run(job.RunAsync);
        return new JsonObject { ["job"] = job.Id }.ToJsonString();
    }

    private async Task EventsAsync(HttpContext context)
    {
        if (Find(context) is not { } job)
        {
            await PageGuard.RefuseAsync(context, StatusCodes.Status404NotFound, "The job is not known.").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        await foreach (var line in job.ReadAsync(context.RequestAborted).ConfigureAwait(false))
        {
            await context.Response.WriteAsync(line + "\n", Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task<string> CancelAsync(HttpContext context)
    {
        var job = Find(context) ?? throw new ToolException("The job is not known.");
        await job.CancelAsync(context.RequestAborted).ConfigureAwait(false);
        return Done;
    }

    /// <summary>Plans faults and runs, in the form of <c>serve --script</c>.</summary>
    private async Task<string> ScriptAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        ScriptFile.Parse("script", text).ApplyTo(_options.Emulator);
        return Done;
    }

    private PageJob? Find(HttpContext context)
    {
        var id = context.GetRouteValue("id") as string;
        lock (_lock) return _jobs.Find(job => job.Id == id);
    }

    private static ToolException NotAllowed()
        => new("Runs on fal are not allowed. Start again with: klinggen serve --open --allow-paid --max-cost 5");

    private static string Money(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.####} {currency}");
}
