using System.CommandLine;
using System.Globalization;
using System.Net;
using KlingGen.Cli.Diff;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Pull;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;
using KlingGen.Diagnostics;
using Spectre.Console;

namespace KlingGen.Cli.Commands;

/// <summary>Downloads fal's documents and reports what they change.</summary>
internal sealed class PullCommand : ToolCommand
{
    private const int MostJobs = 64;

    private readonly Argument<string[]> _endpoints = new("endpoints")
    {
        HelpName = "endpoints",
        Description = "Endpoint ids, URLs of their pages at fal.ai, or patterns for all endpoints that fal lists: "
            + "* within a part of the id, ** over any number of parts.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _to = new("--to") { Description = "The folder of documents.", DefaultValueFactory = _ => "specs" };
    private readonly Option<string[]> _allOf = new("--all-of") { Description = "Every endpoint of an app: fal-ai/kling-video." };
    private readonly Option<bool> _update = new("--update") { Description = "Refreshes every document in the folder." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Downloads and compares, and writes nothing." };
    private readonly Option<string?> _host = new("--host")
    {
        Description = $"Another host that answers as fal does; also {FalAddressBook.Variable}."
    };
    private readonly Option<int> _jobs = new("--jobs") { Description = "The number of parallel downloads.", DefaultValueFactory = _ => 6 };

    public PullCommand(ToolConsole console)
        : base(
            console,
            "pull",
            "Fetches documents from fal, and says what they change for C# code.",
            ("klinggen pull fal-ai/flux/dev", "one document, to specs/fal-ai/flux/dev.json"),
            ("klinggen pull 'fal-ai/kling-video/v2.6/**'", "all that match"),
            ("klinggen pull --all-of fal-ai/kling-video --to specs", "a whole app"),
            ("klinggen pull --update --dry-run", "what a refresh of all documents would change"))
    {
        _jobs.LimitTo(1, MostJobs);
        _endpoints.CompletionSources.Add(EndpointIds.Complete);
        Add(_endpoints);
        Add(_to);
        Add(_allOf);
        Add(_update);
        Add(_dryRun);
        Add(_host);
        Add(_jobs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var order = OrderOf(arguments);
        var addresses = FalAddressBook.ForHost(arguments.GetValue(_host) ?? Environment.GetEnvironmentVariable(FalAddressBook.Variable));
        using var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxAutomaticRedirections = 5
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("klinggen/" + SpecSet.Version);
        var engine = new PullEngine(new FalServer(http, TimeProvider.System, Random.Shared.NextDouble), addresses);
        var report = await RunAsync(engine, order, cancellation).ConfigureAwait(false);
        Show(report, order.IsDryRun);
        return ExitCodeOf(report);
    }

    private PullOrder OrderOf(ParseResult arguments)
    {
        string[] named = [.. (arguments.GetValue(_endpoints) ?? []).Select(EndpointIds.FromUser)];
        string[] patterns = [.. named.Where(IsPattern), .. (arguments.GetValue(_allOf) ?? []).Select(app => app.Trim('/') + "/**")];
        string[] ids = [.. named.Where(name => !IsPattern(name))];
        var refresh = arguments.GetValue(_update);
        if (ids.Length == 0 && patterns.Length == 0 && !refresh)
            throw new ToolException("Name endpoints, or an app with --all-of, or refresh what is there with --update.");
        foreach (var id in ids)
        {
            if (SpecPath.ForEndpoint(id, out var reason) is null) throw new ToolException($"'{id}' {reason}.");
        }

        var folder = arguments.GetValue(_to)!;
        if (File.Exists(folder)) throw new ToolException($"'{folder}' is a file; name a folder.");
        if (refresh && !Directory.Exists(folder)) throw new ToolException($"There is no folder '{folder}' to refresh.");
        return new PullOrder(folder, ids, patterns, refresh, arguments.GetValue(_dryRun), arguments.GetValue(_jobs));
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private async Task<PullReport> RunAsync(PullEngine engine, PullOrder order, CancellationToken cancellation)
    {
        if (!Console.IsLive) return await engine.RunAsync(order, new PlainProgress(Console), cancellation).ConfigureAwait(false);
        PullReport? report = null;
        await Console.Live.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("Fetching documents");
            report = await engine.RunAsync(order, new LiveProgress(task), cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return report!;
    }

    private void Show(PullReport report, bool isDryRun)
    {
        foreach (var result in report.Results)
        {
            if (result.IsWritten) Console.Out.WriteLine($"{PullText.ForOutcome(result.Outcome),-12} {result.Path}");
            else if (result.Outcome != PullOutcome.Unchanged)
                Console.Say(Console.ErrorPaint.Red("klinggen: error: ") + $"{result.Id}: {result.Message}.");
            var reported = result.Diagnostics.Where(diagnostic => diagnostic.Rule.Severity >= SpecSeverity.Warning);
            TextReport.Write(reported, Console.Error, Console.ErrorPaint);
        }

        // That a new document brings new types goes without saying.
        Change[] changes = [.. report.Changes.Where(change => change.Kind is not (ChangeKind.EndpointAdded or ChangeKind.TypeAdded))];
        if (report.Results.Any(result => result.Outcome == PullOutcome.Changed))
        {
            Console.Out.WriteLine();
            DiffReports.WriteText(changes, Console.Out, Console.OutputPaint);
        }

        var counts = report.Results.GroupBy(result => result.Outcome).OrderBy(group => group.Key)
            .Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} {PullText.ForOutcome(group.Key)}");
        Console.Say($"{ReportText.Count(report.Results.Count, "document")}: {string.Join(", ", counts)}{(isDryRun ? "; nothing was written" : "")}.");
    }

    internal static int ExitCodeOf(PullReport report)
    {
        if (report.Results.Any(result => result.Outcome == PullOutcome.Unreachable)) return ExitCode.Failed;
        var isFaulty = report.Results
            .Any(result => result.Outcome == PullOutcome.Refused
                || result.Diagnostics.Any(diagnostic => diagnostic.Rule.Severity == SpecSeverity.Error));
        return isFaulty ? ExitCode.ProblemsFound : ExitCode.Success;
    }
}
