using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>A command about the batches of a ledger that is there: on a SQLite file, or on PostgreSQL.</summary>
internal abstract class LedgerCommand : ToolCommand
{
    private const int MostAttempts = 5;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string?> _jobs = new("jobs")
    {
        Description = "The file with the jobs, whose ledger is beside it, or the ledger itself (*.db).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _postgres = LedgerFile.PostgresOption();
    private readonly Option<string?> _batch = new("--batch") { Description = "The batch; optional if the ledger has one batch." };

    protected LedgerCommand(ToolConsole console, string name, string description, params (string Line, string Purpose)[] examples)
        : base(console, name, description, examples)
    {
        Add(_jobs);
        Add(_postgres);
        Add(_batch);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (jobs, postgres) = (arguments.GetValue(_jobs), arguments.GetValue(_postgres));
        await using var file = await LedgerFile.OpenAsync(jobs, postgres, Console, cancellation).ConfigureAwait(false);
        return await file.UseAsync(ledger => RunAsync(arguments, ledger, cancellation)).ConfigureAwait(false);
    }

    protected abstract Task<int> RunAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation);

    /// <summary>The batch that was named, or the only one.</summary>
    /// <exception cref="ToolException">There is none, or more than one.</exception>
    protected async Task<FalBatch> FindBatchAsync(ParseResult arguments, IFalLedger ledger, CancellationToken cancellation)
    {
        var all = await ledger.ListBatchesAsync(cancellation).ConfigureAwait(false);
        var names = string.Join(", ", all.Select(batch => $"'{batch.Name}'"));
        if (arguments.GetValue(_batch) is { } name)
        {
            return all.FirstOrDefault(batch => batch.Name == name)
                ?? throw new ToolException($"The ledger has no batch '{name}'; it has {(all.Count == 0 ? "none" : names)}.");
        }
        return all.Count switch
        {
            0 => throw new ToolException("The ledger has no batch."),
            1 => all[0],
            _ => throw new ToolException($"The ledger has several batches; name one with --batch: {names}."),
        };
    }

    /// <summary>The entry with a key.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    protected static async Task<FalLedgerEntry> FindEntryAsync(IFalLedger ledger, FalBatch batch, string key, CancellationToken cancellation)
        => await ledger.FindAsync(FalNewEntry.GetId(batch.Name, key), cancellation).ConfigureAwait(false)
            ?? throw new ToolException($"The batch '{batch.Name}' has no job '{key}'.");

    /// <summary>Stores a person's decision about an entry, also while a runner works on the ledger.</summary>
    /// <exception cref="ToolException">The decision does not fit the state of the entry.</exception>
    protected static async Task DecideAsync(
        IFalLedger ledger, FalLedgerEntry entry, Func<FalLedgerEntry, FalLedgerEntry> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            FalApplyOutcome outcome;
            try
            {
                outcome = await ledger.ApplyAsync(entry, decide(entry), cancellation).ConfigureAwait(false);
            }
            catch (InvalidOperationException ex)
            {
                throw new ToolException(ex.Message, ex);
            }
            if (outcome == FalApplyOutcome.Applied) return;
            if (outcome != FalApplyOutcome.Conflict || attempt == MostAttempts)
                throw new ToolException($"The job '{entry.Key}' was not changed: {Reason(outcome)}.");
            entry = await ledger.FindAsync(entry.Id, cancellation).ConfigureAwait(false)
                ?? throw new ToolException($"The job '{entry.Key}' is not in the ledger any more.");
        }
    }

    protected int Print(JsonNode answer)
    {
        Console.Out.WriteLine(answer.ToJsonString(Readable));
        return ExitCode.Success;
    }

    private static string Reason(FalApplyOutcome outcome) => outcome switch
    {
        FalApplyOutcome.Conflict => "another process works on it; try again",
        FalApplyOutcome.RequestIdTaken => "another job of the ledger has this request id",
        _ => $"the ledger refused it ({outcome})",
    };
}
