using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Running;
using KlingGen.Json;
using KlingGen.Schemas;

namespace KlingGen.Cli.Mcp;

/// <summary>A tool of the server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for the agent.</param>
/// <param name="InputSchema">The JSON Schema of its arguments.</param>
/// <param name="IsReadOnly">It changes nothing.</param>
/// <param name="Call">Runs it.</param>
internal sealed record McpTool(
    string Name, string Description, string InputSchema, bool IsReadOnly, Func<McpArguments, CancellationToken, Task<JsonObject>> Call);

/// <summary>What a tool answered.</summary>
internal sealed record McpAnswer(JsonObject Json, bool IsError);

/// <summary>The tools of <c>klinggen mcp</c>. Requests are checked by the documents before anything is sent.</summary>
internal sealed class McpTools
{
    private const int MostFound = 50;
    private const int LongestWait = 300;

    private const string EndpointSchema =
        """{"type":"object","properties":{"endpoint_id":{"type":"string"}},"required":["endpoint_id"],"additionalProperties":false}""";

    private const string RequestSchema =
        """
        {"type":"object","properties":{"endpoint_id":{"type":"string"},
        "input":{"type":"object","description":"The request; 'describe' has its schema."}},
        "required":["endpoint_id","input"],"additionalProperties":false}
        """;

    private const string TokenSchema =
        """{"type":"object","properties":{"token":{"type":"string"}},"required":["token"],"additionalProperties":false}""";

    private readonly McpCatalog _catalog;
    private readonly McpJobs _jobs;
    private readonly Func<string, string> _withoutSecrets;

    /// <param name="catalog">The endpoints.</param>
    /// <param name="jobs">Their jobs.</param>
    /// <param name="withoutSecrets">Takes keys out of messages.</param>
    public McpTools(McpCatalog catalog, McpJobs jobs, Func<string, string> withoutSecrets)
    {
        (_catalog, _jobs, _withoutSecrets) = (catalog, jobs, withoutSecrets);
        All =
        [
            new(
                "search",
                "Finds endpoints by words in their id and summary, such as 'v2.6 text'. Asks no server.",
                """
                {"type":"object","properties":{"query":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":50,"default":20}},
                "additionalProperties":false}
                """,
                IsReadOnly: true,
                SearchAsync),
            new(
                "describe",
                "Returns the JSON Schema of an endpoint's request, the rules over several properties, and the C# that calls it.",
                EndpointSchema,
                IsReadOnly: true,
                DescribeAsync),
            new("check", "Says what is wrong with a request, without sending it.", RequestSchema, IsReadOnly: true, CheckAsync),
            new(
                "estimate",
                "Says what a request would cost, and what is left of the limit. Sends nothing.",
                RequestSchema,
                IsReadOnly: true,
                EstimateAsync),
            new(
                "submit",
                "Checks a request, reserves its cost and submits it; returns a token for status, result and cancel. "
                    + "Costs money where 'runs_on' is 'fal'. Submit once: after an error about an unknown outcome do not submit again, ask the user.",
                RequestSchema,
                IsReadOnly: false,
                SubmitAsync),
            new("status", "Says where a job stands.", TokenSchema, IsReadOnly: true, StatusAsync),
            new(
                "result",
                "Waits for a job and returns its result with the URLs of its files, or its status if it takes longer. Ask again then.",
                """
                {"type":"object","properties":{"token":{"type":"string"},"wait_seconds":{"type":"integer","minimum":1,"maximum":300,"default":30}},
                "required":["token"],"additionalProperties":false}
                """,
                IsReadOnly: true,
                ResultAsync),
            new("cancel", "Asks for a job to be stopped. What has run already may be charged.", TokenSchema, IsReadOnly: false, CancelAsync),
        ];
    }

    public IReadOnlyList<McpTool> All { get; }

    /// <summary>The instructions of the server for an agent.</summary>
    public string Instructions => "Runs endpoints of fal.ai, such as Kling video. "
        + "Search, describe, check, estimate, then submit once, and ask for the result. "
        + (_jobs.Place == "fal"
            ? "Jobs run on fal and cost money; a job that would pass the user's limit is refused."
            : "Jobs run in an emulator: they cost nothing, and their files are stand-ins.");

    /// <summary>Calls a tool; null if there is none of this name. Faults become answers that the agent can read.</summary>
    public async Task<McpAnswer?> CallAsync(string name, IDictionary<string, JsonElement>? arguments, CancellationToken cancellation)
    {
        if (All.FirstOrDefault(tool => tool.Name == name) is not { } tool) return null;
        try
        {
            var given = new McpArguments(arguments, tool.InputSchema);
            return new McpAnswer(await tool.Call(given, cancellation).ConfigureAwait(false), IsError: false);
        }
        catch (McpRefusal ex)
        {
            return new McpAnswer(new JsonObject { ["error"] = ex.Message, ["problems"] = McpJson.FromTexts(ex.Problems) }, IsError: true);
        }
        catch (Exception ex) when (ex is ToolException or FalException or ArgumentException or IOException)
        {
            var answer = new JsonObject { ["error"] = _withoutSecrets(ex.Message) };

            // A job that may be running is never lost with its error.
            if ((ex as FalException)?.Token is { } token) answer["token"] = token.ToString();
            return new McpAnswer(answer, IsError: true);
        }
    }

    private Task<JsonObject> SearchAsync(McpArguments arguments, CancellationToken cancellation)
    {
        string[] words = (arguments.OptionalText("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = _catalog.Search(words).ToArray();
        var prices = FalPriceList.Bundled.Endpoints.ToHashSet(StringComparer.Ordinal);
        var shown = found.Take(arguments.Integer("limit", 20, MostFound));
        return Task.FromResult(new JsonObject
        {
            ["endpoints"] = new JsonArray(
            [
                .. shown.Select(endpoint => new JsonObject
                {
                    ["endpoint_id"] = endpoint.Id,
                    ["summary"] = endpoint.Summary,
                    ["has_price"] = prices.Contains(endpoint.Id),
                }),
            ]),
            ["total"] = found.Length,
        });
    }

    private Task<JsonObject> DescribeAsync(McpArguments arguments, CancellationToken cancellation)
    {
        var id = arguments.Text("endpoint_id");
        var known = _catalog.Find(id);
        var entry = _catalog.Describe(id);
        var input = SpecReader.FindEndpoint(known.Document)?.Input;
        return Task.FromResult(new JsonObject
        {
            ["endpoint_id"] = id,
            ["summary"] = known.Model.Endpoint!.Summary,
            ["input_schema"] = JsonNode.Parse(InputSchema.Write(input, known.Document)),
            ["rules"] = McpJson.FromTexts(from property in entry.Inputs where property.Rules is not null select $"{property.Name}: {property.Rules}"),
            ["csharp"] = new JsonObject { ["client"] = entry.Client, ["request"] = entry.Request, ["result"] = entry.Result },
        });
    }

    private Task<JsonObject> CheckAsync(McpArguments arguments, CancellationToken cancellation)
    {
        var (known, request) = Request(arguments);
        var problems = Problems(known, request);
        return Task.FromResult(new JsonObject { ["ok"] = problems.Count == 0, ["problems"] = McpJson.FromTexts(problems) });
    }

    private Task<JsonObject> EstimateAsync(McpArguments arguments, CancellationToken cancellation)
    {
        var (_, request) = Request(arguments);
        return Task.FromResult(new JsonObject
        {
            ["cost"] = McpJson.FromCost(Estimate(arguments.Text("endpoint_id"), request)),
            ["runs_on"] = _jobs.Place,
            ["remaining"] = _jobs.Remaining,
        });
    }

    private async Task<JsonObject> SubmitAsync(McpArguments arguments, CancellationToken cancellation)
    {
        var id = arguments.Text("endpoint_id");
        var (known, request) = Request(arguments);
        if (Problems(known, request) is { Count: > 0 } problems) throw new McpRefusal("The request was not sent.", problems);
        return await _jobs.SubmitAsync(id, request, Estimate(id, request), cancellation).ConfigureAwait(false);
    }

    private Task<JsonObject> StatusAsync(McpArguments arguments, CancellationToken cancellation)
        => _jobs.StatusAsync(arguments.Text("token"), cancellation);

    private Task<JsonObject> ResultAsync(McpArguments arguments, CancellationToken cancellation)
        => _jobs.ResultAsync(arguments.Text("token"), TimeSpan.FromSeconds(arguments.Integer("wait_seconds", 30, LongestWait)), cancellation);

    private Task<JsonObject> CancelAsync(McpArguments arguments, CancellationToken cancellation)
        => _jobs.CancelAsync(arguments.Text("token"), cancellation);

    private (KnownEndpoint Known, RequestValue Request) Request(McpArguments arguments)
    {
        var known = _catalog.Find(arguments.Text("endpoint_id"));
        return (known, new RequestValue(arguments.Object("input"), known, known.Request));
    }

    /// <summary>Agents make up properties, so an unknown one is a fault here.</summary>
    private static List<string> Problems(KnownEndpoint known, RequestValue request) =>
    [
        .. InputChecks.UnknownProperties(known, request),
        .. InputChecks.Faults(known, request),
    ];

    private static FalCostEstimate Estimate(string endpointId, RequestValue request)
    {
        using var json = JsonDocument.Parse(request.ToText());
        return FalPriceList.Bundled.Estimate(endpointId, json.RootElement);
    }
}
