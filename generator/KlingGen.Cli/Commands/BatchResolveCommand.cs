using System.CommandLine;
using Fal;
using Fal.Jobs;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Decides about a job whose submit had no answer.</summary>
internal sealed class BatchResolveCommand : LedgerCommand
{
    private readonly Option<string> _key = new("--key") { Description = "The key of the job with an unknown outcome.", Required = true };

    private readonly Option<string?> _requestId = new("--request-id")
    {
        Description = "The job at fal, which is verified with fal.",
    };

    private readonly Option<bool> _again = new("--again") { Description = "Submits the job again. If fal has the first one too, both are paid." };
    private readonly Option<bool> _cancel = new("--cancel") { Description = "Cancels the job." };
    private readonly Option<string?> _at = new("--at") { Description = "Asks an emulator: the queue's address, as klinggen serve prints it." };

    public BatchResolveCommand(ToolConsole console)
        : base(
            console,
            "resolve",
            "Decides about an unknown job: names its request id, submits it again, or gives it up.",
            ("klinggen requests fal-ai/kling-video/v2.6/pro/image-to-video --payloads", "looks for the job at fal first"),
            ("klinggen batch resolve jobs.jsonl --key line-17 --request-id REQUEST-ID", "then goes on with it"))
    {
        Add(_key);
        Add(_requestId);
        Add(_again);
        Add(_cancel);
        Add(_at);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var requestId = arguments.GetValue(_requestId);
        var (again, cancel) = (arguments.GetValue(_again), arguments.GetValue(_cancel));
        if ((requestId is null ? 0 : 1) + (again ? 1 : 0) + (cancel ? 1 : 0) != 1)
            throw new ToolException("Give one of --request-id, --again and --cancel.");
        var batch = await FindBatchAsync(arguments, ledger, cancellation).ConfigureAwait(false);
        var entry = await FindEntryAsync(ledger, batch, arguments.GetValue(_key)!, cancellation).ConfigureAwait(false);
        if (entry.State != FalLedgerState.Unknown)
            throw new ToolException($"The job '{entry.Key}' is {FalLedgerText.ToWord(entry.State)}; only an unknown one can be resolved.");
        var token = requestId is null ? null : await TokenAsync(arguments, entry.EndpointId, requestId, cancellation).ConfigureAwait(false);
        await DecideAsync(ledger, entry, found => Decided(found, token, again), cancellation).ConfigureAwait(false);
        Console.Say($"The job '{Visible.Text(entry.Key)}' is {(token is not null ? "followed" : again ? "queued" : "cancelled")}.");
        return ExitCode.Success;
    }

    private FalLedgerEntry Decided(FalLedgerEntry entry, FalJobToken? token, bool again)
    {
        var now = Console.Time.GetUtcNow();
        return token is not null ? FalJobDecisions.Resolve(entry, token, now)
            : again ? FalJobDecisions.Requeue(entry, now)
            : FalJobDecisions.Cancel(entry, "A person gave it up.", now);
    }

    /// <summary>The token of a job that exists at fal: a mistyped id would be polled without end.</summary>
    private async Task<FalJobToken> TokenAsync(ParseResult arguments, string endpointId, string requestId, CancellationToken cancellation)
    {
        using var client = Emulators.Client(Emulators.AddressOf(arguments.GetValue(_at)));
        try
        {
            var job = client.Endpoint(endpointId).Resume(requestId);
            await job.GetStatusAsync(cancellationToken: cancellation).ConfigureAwait(false);
            return job.ToToken();
        }
        catch (ArgumentException ex)
        {
            throw new ToolException(ex.Message, ex);
        }
    }
}
