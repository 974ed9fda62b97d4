using System.CommandLine;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Pricing;
using KlingGen.Cli.Pull;
using KlingGen.Cli.Running;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Says what a request will cost, or compares the price list with fal's page.</summary>
internal sealed class PriceCommand : PlatformCommand
{
    private readonly Argument<string> _endpoint = new("endpoint") { Description = "The endpoint's id." };
    private readonly Option<string?> _input = new("--input") { Description = "A file with the request as JSON; - is standard input." };
    private readonly Option<string[]> _set = new("--set", "-s") { Description = "key=value or key:=json; can be repeated." };
    private readonly Option<bool> _historical = new("--historical")
    {
        Description = "Asks fal for the average cost of earlier requests if the list has no price.",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Compares the list with fal's page of the endpoint; exit code 1 if a price is missing there.",
    };

    private readonly Option<string?> _host = new("--host") { Description = "With --check, another host with the pages of fal.ai." };
    private readonly Option<string[]> _specs = SpecOptions.Local();

    public PriceCommand(ToolConsole console)
        : base(
            console,
            "price",
            "Says what a request will cost, as JSON. Nothing is sent without --historical or --check.",
            ("klinggen price fal-ai/kling-video/v2.6/pro/image-to-video --set duration=10", "the server's defaults count for what is not set"),
            ("klinggen price fal-ai/kling-video/v2.6/pro/image-to-video --check", "whether fal's page still shows these prices"))
    {
        Add(_endpoint);
        Add(_input);
        Add(_set);
        Add(_historical);
        Add(_check);
        Add(_host);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var id = Endpoint(arguments.GetValue(_endpoint)!);
        if (arguments.GetValue(_check)) return await CheckAsync(id, arguments.GetValue(_host), cancellation).ConfigureAwait(false);
        var known = KnownEndpoint.Find(id, SpecOptions.LocalFiles(arguments.GetValue(_specs)));
        var request = InputReader.Read(arguments.GetValue(_input), arguments.GetValue(_set), id, known, Console);
        if (known is not null)
        {
            // A misspelt property would leave the price of the default without a word.
            foreach (var unknown in InputChecks.UnknownProperties(known, request)) InputChecks.Warn(unknown + " The price ignores it.", Console);
            foreach (var fault in InputChecks.FaultsOfValues(request)) InputChecks.Warn(fault + ".", Console);
        }

        FalCostEstimate cost;
        if (arguments.GetValue(_historical))
        {
            using var client = Client(arguments);
            cost = await new FalEndpoint<RequestValue, FalRawResult>(client, id).EstimateCostAsync(request, cancellation).ConfigureAwait(false);
        }
        else
        {
            using var json = System.Text.Json.JsonDocument.Parse(request.ToText());
            cost = FalPriceList.Bundled.Estimate(id, json.RootElement);
        }
        return Print(new JsonObject
        {
            ["endpoint_id"] = id,
            ["minimum"] = cost.Minimum,
            ["maximum"] = cost.Maximum,
            ["currency"] = cost.Currency,
            ["confidence"] = cost.Confidence.ToString().ToLowerInvariant(),
            ["as_of"] = cost.AsOf?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["source"] = cost.Source,
            ["reason"] = cost.Reason,
        });
    }

    private async Task<int> CheckAsync(string id, string? host, CancellationToken cancellation)
    {
        var price = BundledPrice.All.FirstOrDefault(price => price.Endpoint == id)
            ?? throw new ToolException($"The price list has no price for '{id}'.");
        if (host is not null && !Uri.TryCreate(host, UriKind.Absolute, out _)) throw new ToolException($"'{host}' is not a URL.");
        var page = new Uri(new Uri(host ?? "https://fal.ai"), $"/models/{id}/llms.txt");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        string text;
        try
        {
            text = await new FalServer(http, Console.Time, Random.Shared.NextDouble).GetAsync(page, cancellation).ConfigureAwait(false);
        }
        catch (PullException ex)
        {
            throw new ToolException($"The page {page} could not be read: {ex.Message}.", ex);
        }
        var shown = PricingSection.Amounts(text);
        decimal[] missing = [.. price.Rates.Where(rate => !shown.Contains(rate))];
        Print(new JsonObject
        {
            ["endpoint_id"] = id,
            ["page"] = page.AbsoluteUri,
            ["as_of"] = price.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["listed"] = new JsonArray([.. price.Rates.Select(rate => (JsonNode)rate)]),
            ["shown"] = new JsonArray([.. shown.Select(amount => (JsonNode)amount)]),
            ["missing"] = new JsonArray([.. missing.Select(rate => (JsonNode)rate)]),
        });
        if (missing.Length == 0) return ExitCode.Success;
        Console.Say("The page does not show every price of the list: load a newer list with FalPriceList.Load, or compare by eye.");
        return ExitCode.ProblemsFound;
    }
}
