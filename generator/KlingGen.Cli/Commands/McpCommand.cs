using System.CommandLine;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Mcp;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Serves the tool to an agent over the Model Context Protocol.</summary>
internal sealed class McpCommand : ToolCommand
{
    private readonly Option<decimal?> _maxCost = new("--max-cost")
    {
        Description = "Runs jobs on fal while all of the ledger cost no more than this, in USD. Without it jobs run in an emulator.",
    };

    private readonly Option<string?> _ledger = new("--ledger")
    {
        Description = "The file that records the costs; by default klinggen/mcp-ledger.jsonl in the user's application data.",
    };

    private readonly Option<string[]> _specs = SpecOptions.Local();

    public McpCommand(ToolConsole console)
        : base(
            console,
            "mcp",
            "Serves endpoints to an agent over the Model Context Protocol, on standard input and output.",
            ("klinggen mcp", "search, check and price; jobs run in an emulator"),
            ("klinggen mcp --max-cost 5", "jobs run on fal, with the key from FAL_KEY, until 5 USD are reserved or spent"))
    {
        Add(_maxCost);
        Add(_ledger);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (maxCost, path) = (arguments.GetValue(_maxCost), arguments.GetValue(_ledger));
        if (maxCost < 0) throw new ToolException("--max-cost is an amount of USD, 0 or more.");
        if (path is not null && maxCost is null) throw new ToolException("--ledger remembers what --max-cost limits; give both.");
        var specs = arguments.GetValue(_specs);
        // A missing key is reported at the start and not by the first paid job.
        using var fal = maxCost is null ? null : Emulators.Client(at: null);
        var ledger = maxCost is { } limit ? new SpendingLedger(path ?? SpendingLedger.DefaultPath, limit, Console.Time) : null;
        Console.Say(ledger is null
            ? "Jobs run in an emulator and cost nothing; --max-cost runs them on fal."
            : $"Jobs run on fal; {ledger.Describe()}.");
        await using var jobs = new McpJobs(ledger, ConnectAsync);
        var tools = new McpTools(new McpCatalog(SpecOptions.LocalFiles(specs)), jobs, Console.WithoutSecrets);
        await McpHost.RunAsync(tools, cancellation).ConfigureAwait(false);
        return ExitCode.Success;

        async Task<McpConnection> ConnectAsync(CancellationToken stop)
        {
            if (fal is not null) return new McpConnection(fal, null);
            var emulator = await Emulators.StartAsync(specs, new FalEmulatorOptions(), stop).ConfigureAwait(false);
            return new McpConnection(emulator.CreateClient(), emulator);
        }
    }
}
