using System.CommandLine;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Lists the account's requests to an endpoint.</summary>
internal sealed class RequestsCommand : PlatformCommand
{
    private readonly Argument<string> _endpoint = new("endpoint") { Description = "The endpoint's id." };
    private readonly Option<string?> _since = new("--since") { Description = "The time span: 90m, 24h; default 24h." };
    private readonly Option<string?> _status = new("--status") { Description = "Only requests with this status: success, error or user_error." };
    private readonly Option<bool> _payloads = new("--payloads") { Description = "Shows input and output as well." };
    private readonly Option<int> _limit = new("--limit") { Description = "The maximum number of entries.", DefaultValueFactory = _ => 50 };

    public RequestsCommand(ToolConsole console)
        : base(
            console,
            "requests",
            "Lists the account's requests to an endpoint, newest first, as JSON.",
            ("klinggen requests fal-ai/kling-video/v2.6/pro/image-to-video --since 2h", "what ran in the last two hours"),
            ("klinggen requests fal-ai/kling-video/v1/tts --payloads --status error", "what failed, with its input"))
    {
        _status.AcceptOnlyFromAmong("success", "error", "user_error");
        Add(_endpoint);
        Add(_since);
        Add(_status);
        Add(_payloads);
        Add(_limit);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var since = Duration.Parse(arguments.GetValue(_since));
        var limit = arguments.GetValue(_limit);
        if (limit < 1) throw new ToolException("--limit is 1 or more.");
        var query = new FalRequestQuery
        {
            EndpointIds = [Endpoint(arguments.GetValue(_endpoint)!)],
            Start = since is { } time ? Console.Time.GetUtcNow() - time : null,
            Outcome = arguments.GetValue(_status) switch
            {
                "success" => FalRequestOutcome.Success,
                "error" => FalRequestOutcome.Error,
                "user_error" => FalRequestOutcome.UserError,
                _ => null,
            },
            WithPayloads = arguments.GetValue(_payloads),
            PageSize = Math.Min(limit, 100),
        };
        using var client = Client(arguments);
        var requests = new JsonArray();
        await foreach (var request in client.Platform.ListRequestsAsync(query, cancellation).ConfigureAwait(false))
        {
            requests.Add(Shown(request));
            if (requests.Count == limit) break;
        }
        return PrintList(requests);
    }

    private static JsonObject Shown(FalRequestRecord request)
    {
        var shown = new JsonObject
        {
            ["request_id"] = request.RequestId,
            ["sent_at"] = Text(request.SentAt),
            ["ended_at"] = Text(request.EndedAt),
            ["status_code"] = request.StatusCode,
            ["seconds"] = request.Duration,
        };
        if (request.JsonInput is { } input) shown["input"] = JsonNode.Parse(input.GetRawText());
        if (request.JsonOutput is { } output) shown["output"] = JsonNode.Parse(output.GetRawText());
        return shown;
    }
}
