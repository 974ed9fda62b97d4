using System.Security.Cryptography;
using Fal;

namespace KlingGen.Cli.Playground;

/// <summary>A request whose price the user has been shown.</summary>
/// <param name="Id">Stands for it, once.</param>
/// <param name="Request">The request that is sent.</param>
/// <param name="Webhook">Where the result is posted.</param>
/// <param name="Estimate">The price.</param>
/// <param name="Until">When the price expires.</param>
internal sealed record Quote(string Id, RequestInput Request, Uri? Webhook, FalCostEstimate Estimate, DateTimeOffset Until);

/// <summary>
/// Runs on fal itself. They need a quote: the server keeps the request and its price, and the page can only confirm them. A quote is good for one
/// run, so a confirmation that arrives twice does not submit twice. The client's budget is the limit of the whole run of the tool.
/// </summary>
/// <param name="options">The way to fal, with a budget.</param>
/// <param name="time">The clock of the quotes.</param>
internal sealed class PaidRuns(FalClientOptions options, TimeProvider time) : IDisposable
{
    private const int MostQuotes = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly FalClient _client = new(options);
    private readonly object _lock = new();
    private readonly Dictionary<string, Quote> _quotes = new(StringComparer.Ordinal);

    public FalClient Client => _client;

    public Uri QueueAddress => options.QueueAddress;

    public FalBudget Budget => _client.Budget!;

    /// <summary>Keeps a request and its price.</summary>
    /// <exception cref="ToolException">The price is unknown, or above what is left.</exception>
    public Quote Ask(RequestInput request, Uri? webhook)
    {
        var estimate = new FalEndpoint<Running.RequestValue, FalRawResult>(_client, request.Entry.Id).EstimateCost(request.Value);
        if (!estimate.IsKnown)
            throw new ToolException($"The price is {estimate.ToString().TrimEnd('.')}. The page sends no request of unknown price to fal.");
        if (estimate.Maximum > Budget.Remaining)
            throw new ToolException($"The request may cost {estimate}, which is more than what --max-cost leaves: {Budget}.");
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var quote = new Quote(id, request, webhook, estimate, time.GetUtcNow() + Lifetime);
        lock (_lock)
        {
            foreach (var old in _quotes.Values.Where(old => old.Until <= time.GetUtcNow()).ToArray()) _quotes.Remove(old.Id);
            if (_quotes.Count >= MostQuotes) throw new ToolException("Too many prices are waiting for a confirmation.");
            _quotes.Add(quote.Id, quote);
        }

        return quote;
    }

    /// <summary>Takes a quote, which cannot be taken again.</summary>
    /// <exception cref="ToolException">It is unknown, was used, or has expired.</exception>
    public Quote Confirm(string id)
    {
        lock (_lock)
        {
            return _quotes.Remove(id, out var quote) && quote.Until > time.GetUtcNow() ? quote
                : throw new ToolException("The confirmation is unknown, was used already, or has expired. Ask for the price again.");
        }
    }

    public void Dispose() => _client.Dispose();
}
