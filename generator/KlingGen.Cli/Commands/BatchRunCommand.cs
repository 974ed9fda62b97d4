using System.CommandLine;
using Fal;
using Fal.Jobs;
using KlingGen.Cli.Batch;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Running;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Runs the jobs of a file: checked first, confirmed, submitted once each, followed and saved.</summary>
internal sealed class BatchRunCommand : ToolCommand
{
    private const int MostProblems = 50;
    private const int EntriesAtATime = 2000;
    private const int MostWindow = 100_000;
    private const int MostConcurrency = 40;

    private readonly Argument<string> _jobs = new("jobs") { Description = "The jobs: JSON Lines, or CSV if the name ends with .csv." };
    private readonly Option<string?> _endpoint = new("--endpoint") { HelpName = "endpoint", Description = "The endpoint of lines without one." };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The folder of the results and the report." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Runs paid jobs without a confirmation." };
    private readonly Option<decimal?> _maxCost = new("--max-cost")
    {
        Description = "The budget in USD: refuses the batch if it may cost more, and limits it while it runs.",
    };

    private readonly Option<bool> _unknownCost = new("--allow-unknown-cost")
    {
        Description = "With --max-cost, runs jobs of unknown cost, which count as 0.",
    };

    private readonly Option<int?> _window = new("--window")
    {
        Description = "The maximum number of jobs in flight; default 8.",
    };

    private readonly Option<int?> _concurrency = new("--concurrency")
    {
        Description = "How many jobs fal runs at once for the account (1 to 40, shown in fal's dashboard); the window is twice as many.",
    };

    private readonly Option<bool> _skipChecks = new("--skip-checks")
    {
        Description = "Skips local validation, for documents that are older than fal's.",
    };

    private readonly Option<string?> _batch = new("--batch") { Description = "The name of the batch; by default the name of the file." };
    private readonly Option<string?> _postgres = LedgerFile.PostgresOption();

    private readonly Option<string?> _at = new("--at")
    {
        Description = "Runs the jobs in an emulator: the queue's address, as klinggen serve prints it.",
    };

    private readonly Option<string[]> _specs = SpecOptions.Local();

    public BatchRunCommand(ToolConsole console)
        : base(
            console,
            "run",
            "Runs the jobs of a file. The same command goes on after an interruption or a crash. The key comes from FAL_KEY.",
            ("klinggen batch run jobs.jsonl", "checks all lines, says what they may cost, and asks"),
            ("klinggen batch run jobs.csv --endpoint fal-ai/kling-video/v2.6/pro/text-to-video --max-cost 50 --yes", "a budget, without a question"),
            ("klinggen batch run jobs.jsonl --at http://127.0.0.1:7800 --yes", "a rehearsal without cost, with 'klinggen serve'"))
    {
        _endpoint.CompletionSources.Add(EndpointIds.Complete);
        Add(_jobs);
        Add(_endpoint);
        Add(_out);
        Add(_yes);
        Add(_maxCost);
        Add(_unknownCost);
        Add(_window);
        Add(_concurrency);
        Add(_skipChecks);
        Add(_batch);
        Add(_postgres);
        Add(_at);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var jobs = arguments.GetValue(_jobs)!;
        var name = arguments.GetValue(_batch) ?? Path.GetFileNameWithoutExtension(jobs);
        if (arguments.GetValue(_maxCost) < 0) throw new ToolException("--max-cost is an amount of USD, 0 or more.");
        if (arguments.GetValue(_window) is < 1 or > MostWindow) throw new ToolException("--window is a number from 1 to 100,000.");
        if (arguments.GetValue(_concurrency) is < 1 or > MostConcurrency)
            throw new ToolException("--concurrency is a number from 1 to 40, as fal's dashboard shows it; for an account with more, give --window.");
        if (arguments.GetValue(_window) is not null && arguments.GetValue(_concurrency) is not null)
            throw new ToolException("Give --window or --concurrency: the window is twice the concurrency.");
        var at = Emulators.AddressOf(arguments.GetValue(_at));
        var check = await BatchCheck.RunAsync(
            jobs,
            new BatchCheckOptions
            {
                Batch = name,
                Endpoint = arguments.GetValue(_endpoint),
                SkipChecks = arguments.GetValue(_skipChecks),
                Specs = SpecOptions.LocalFiles(arguments.GetValue(_specs)),
            },
            cancellation).ConfigureAwait(false);
        foreach (var unknown in check.UnknownProperties) InputChecks.Warn(unknown + " It is sent anyway.", Console);
        if (check.Repeated > 0)
            Console.Say($"{ReportText.Count(check.Repeated, "line")} with the key and the input of an earlier line: the same job.");
        if (check.Problems.Count > 0) return Refuse(check, check.Problems);

        using var client = Emulators.Client(at);
        var isEmulated = at is not null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("FAL_QUEUE_ADDRESS"));
        var folder = Path.GetFullPath(arguments.GetValue(_out) ?? Path.ChangeExtension(jobs, null) + (isEmulated ? "-emulated" : "-results"));
        var postgres = arguments.GetValue(_postgres);
        var path = LedgerFile.PathOf(jobs, isEmulated);
        if (postgres is null && !File.Exists(path))
        {
            // A batch that is not confirmed leaves no file behind.
            var plan = await BatchPlan.MakeAsync(check.Jobs, null, name, cancellation).ConfigureAwait(false);
            if (Confirm(arguments, plan, 0) is { } refused) return refused;
            await using var made = await LedgerFile.OpenFileAsync(path, Console, cancellation).ConfigureAwait(false);
            Console.Say($"ledger {path}");
            return await made.UseAsync(ledger => RunAsync(arguments, ledger, name, plan, client, folder, cancellation)).ConfigureAwait(false);
        }
        await using var file = postgres is not null ? LedgerFile.OpenPostgres(postgres, Console)
            : await LedgerFile.OpenFileAsync(path, Console, cancellation).ConfigureAwait(false);
        return await file.UseAsync(async ledger =>
        {
            var batch = await ledger.FindBatchAsync(name, cancellation).ConfigureAwait(false);
            if (batch is { State: not FalBatchState.Running })
                return await FollowAsync(ledger, batch, client, folder, cancellation).ConfigureAwait(false);
            var plan = await BatchPlan.MakeAsync(check.Jobs, batch is null ? null : ledger, name, cancellation).ConfigureAwait(false);
            if (plan.Problems.Count > 0) return Refuse(check, plan.Problems);
            if (plan.NotInFile > 0)
                Console.Say($"{ReportText.Count(plan.NotInFile, "job")} of the ledger not in the file will be submitted as well.");
            return Confirm(arguments, plan, batch?.Committed ?? 0)
                ?? await RunAsync(arguments, ledger, name, plan, client, folder, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private int Refuse(BatchCheck check, IReadOnlyList<LineProblem> problems)
    {
        Job.Refuse(Console, problems.Take(MostProblems).Select(check.Shown));
        var lines = problems.Select(problem => problem.Line).Distinct().Count();
        Console.Say($"{ReportText.Count(problems.Count, "problem")} in {ReportText.Count(lines, "line")}. Nothing was sent.");
        return ExitCode.ProblemsFound;
    }

    /// <summary>Says what the jobs may cost, and asks. Null if they may be run, else the exit code.</summary>
    private int? Confirm(ParseResult arguments, BatchPlan plan, decimal committed)
    {
        if (plan.Estimate.Count == 0) return null;
        plan.Estimate.Say(Console);
        if (arguments.GetValue(_maxCost) is { } limit)
        {
            if (plan.Estimate.Unknown > 0 && !arguments.GetValue(_unknownCost))
                return Refused($"{ReportText.Count(plan.Estimate.Unknown, "job")} of unknown cost; --allow-unknown-cost counts them as 0");
            var most = committed + plan.Estimate.Maximum;
            if (most > limit) return Refused($"the batch may cost {BatchText.Money(most)}, and --max-cost is {BatchText.Money(limit)}");
        }
        if (arguments.GetValue(_yes)) return null;
        if (Console.Answers is null) throw new ToolException("The jobs are paid for: add --yes where no person can be asked. Nothing was sent.");
        return Console.Confirm($"Submit {ReportText.Count(plan.Estimate.Count, "job")}?") ? null : Refused("not confirmed");

        int Refused(string reason) => Job.Refuse(Console, [reason + ". Nothing was sent."]);
    }

    private async Task<int> RunAsync(
        ParseResult arguments, IFalLedger ledger, string name, BatchPlan plan, FalClient client, string folder, CancellationToken cancellation)
    {
        var (budget, window) = (arguments.GetValue(_maxCost), arguments.GetValue(_window));
        if (arguments.GetValue(_concurrency) is { } concurrency) window = FalJobPolicy.GetWindow(concurrency);
        FalJobPolicy Policy(FalJobPolicy policy) => policy with
        {
            Budget = budget ?? policy.Budget,
            Window = window ?? policy.Window,
            AllowUnknownCost = arguments.GetValue(_unknownCost) || policy.AllowUnknownCost,
        };
        var batch = await ledger.AddBatchAsync(name, Policy(new FalJobPolicy()), cancellation).ConfigureAwait(false);
        if (Policy(batch.Policy) != batch.Policy)
            batch = await ledger.UpdateBatchAsync(name, found => found with { Policy = Policy(found.Policy) }, cancellation).ConfigureAwait(false);
        foreach (var chunk in plan.New.Select(job => job.Entry).Chunk(EntriesAtATime))
            await ledger.AddAsync(chunk, cancellation).ConfigureAwait(false);
        return await FollowAsync(ledger, batch, client, folder, cancellation).ConfigureAwait(false);
    }

    private async Task<int> FollowAsync(IFalLedger ledger, FalBatch batch, FalClient client, string folder, CancellationToken cancellation)
    {
        try
        {
            batch = await new BatchRun(Console, client, ledger, folder).RunAsync(batch, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var left = await ledger.CountAsync(batch.Name, CancellationToken.None).ConfigureAwait(false);
            Console.Say($"{ReportText.Count(left.InFlight, "job")} in flight at fal; the same command goes on with them.");
            throw;
        }
        var counts = await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false);
        Console.Say(Visible.Text(BatchText.Summary(batch, counts)));
        await SayProblemsAsync(ledger, batch, cancellation).ConfigureAwait(false);
        Console.Say("report " + await BatchReport.WriteAsync(ledger, batch, folder, cancellation).ConfigureAwait(false));
        return batch.State == FalBatchState.Running && counts[FalLedgerState.Saved] == counts.Total ? ExitCode.Success : ExitCode.ProblemsFound;
    }

    private async Task SayProblemsAsync(IFalLedger ledger, FalBatch batch, CancellationToken cancellation)
    {
        var query = new FalLedgerQuery { Batch = batch.Name, States = [FalLedgerState.Failed, FalLedgerState.Unknown], Limit = MostProblems };
        foreach (var entry in await ledger.ListAsync(query, cancellation).ConfigureAwait(false))
            Console.Say("  " + Visible.Text(BatchText.Line(entry)));
        if (batch.State != FalBatchState.Running)
            Console.Say($"The batch is {FalLedgerText.ToWord(batch.State)}: 'klinggen batch resume' lets it go on.");
    }
}
