using System.CommandLine;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Searches fal's models.</summary>
internal sealed class SearchCommand : PlatformCommand
{
    private readonly Argument<string[]> _words = new("words") { Description = "The search terms.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _category = new("--category") { Description = "A category, such as text-to-video." };
    private readonly Option<bool> _deprecated = new("--deprecated") { Description = "Only deprecated models." };
    private readonly Option<int> _limit = new("--limit") { Description = "The maximum number of entries.", DefaultValueFactory = _ => 20 };

    public SearchCommand(ToolConsole console)
        : base(
            console,
            "search",
            "Searches fal's models, as JSON.",
            ("klinggen search kling --category image-to-video", "ids for FalEndpoints and pull"),
            ("klinggen search kling --deprecated", "what to move away from"))
    {
        Add(_words);
        Add(_category);
        Add(_deprecated);
        Add(_limit);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var limit = arguments.GetValue(_limit);
        if (limit < 1) throw new ToolException("--limit is 1 or more.");
        var words = string.Join(' ', arguments.GetValue(_words) ?? []);
        var query = new FalModelQuery
        {
            Search = words.Length > 0 ? words : null,
            Category = arguments.GetValue(_category),
            IsDeprecated = arguments.GetValue(_deprecated) ? true : null,
            PageSize = Math.Min(limit, 50),
        };
        using var client = Client(arguments);
        var models = new JsonArray();
        await foreach (var model in client.Platform.ListModelsAsync(query, cancellation).ConfigureAwait(false))
        {
            models.Add(new JsonObject
            {
                ["endpoint_id"] = model.EndpointId,
                ["name"] = model.Metadata?.DisplayName,
                ["category"] = model.Metadata?.Category,
                ["deprecated"] = model.IsDeprecated,
            });
            if (models.Count == limit) break;
        }
        return PrintList(models);
    }
}
