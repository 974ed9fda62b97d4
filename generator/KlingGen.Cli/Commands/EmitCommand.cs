using System.CommandLine;
using KlingGen.Cli.Checking;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emitting;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;
using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Text;

namespace KlingGen.Cli.Commands;

/// <summary>Writes the C# that the generator would add, as files.</summary>
internal sealed class EmitCommand : ToolCommand
{
    private readonly Argument<string[]> _paths = SpecOptions.Paths();
    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The folder for the files; nothing outside it is written.",
        Required = true
    };
    private readonly Option<string> _namespace = new("--namespace")
    {
        Description = "As the property FalNamespace.",
        DefaultValueFactory = _ => EmissionOptions.DefaultNamespace
    };
    private readonly Option<string> _visibility = new("--visibility")
    {
        Description = "As the property FalVisibility: public or internal.",
        DefaultValueFactory = _ => "public"
    };
    private readonly Option<string[]> _endpoints = SpecOptions.Endpoints();
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Writes nothing; lists files that are missing, different or stale, and exits with 1 if there are any."
    };

    public EmitCommand(ToolConsole console)
        : base(
            console,
            "emit",
            "Writes the C# that the generator would add, as files.",
            ("klinggen emit specs --out Generated", "all documents of the folder specs"),
            ("klinggen emit --endpoints 'fal-ai/kling-video/v2.6/**' --out Generated", "documents that come with the package"),
            ("klinggen emit specs --out Generated --check", "in a build server: is what is checked in up to date?"))
    {
        _visibility.AcceptOnlyFromAmong("public", "internal");
        Add(_paths);
        Add(_out);
        Add(_namespace);
        Add(_visibility);
        Add(_endpoints);
        Add(_check);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var ns = arguments.GetValue(_namespace)!;
        if (!Identifier.IsValidNamespace(ns)) throw new ToolException($"'{ns}' is not a C# namespace.");
        var folder = new OutputFolder(arguments.GetRequiredValue(_out));
        var set = SpecOptions.Read(arguments, _paths, _endpoints);
        var faults = new List<string>();
        var files = set.Emit(ns, arguments.GetValue(_visibility) != "internal", faults);
        cancellation.ThrowIfCancellationRequested();

        ReportedDiagnostic[] problems =
        [
            .. set.Problems.Select(ReportedDiagnostic.FromSpec).Where(diagnostic => diagnostic.Rule.Severity >= SpecSeverity.Warning),
        ];
        TextReport.Write(problems, Console.Error, Console.ErrorPaint);
        foreach (var fault in faults)
            Console.Say(Console.ErrorPaint.Red("error " + DiagnosticRules.InternalFault.Id) + ": KlingGen failed on " + fault);

        var difference = folder.Compare(files);
        var isSound = faults.Count == 0 && !problems.Any(problem => problem.Rule.Severity == SpecSeverity.Error);
        if (arguments.GetValue(_check)) return Task.FromResult(Show(difference) && isSound ? ExitCode.Success : ExitCode.ProblemsFound);
        folder.Update(files, difference);
        Console.Say($"{ReportText.Count(difference.Missing.Count + difference.Different.Count, "file")} written, {difference.Same} unchanged, "
            + $"{difference.Stale.Count} removed.");
        return Task.FromResult(isSound ? ExitCode.Success : ExitCode.ProblemsFound);
    }

    private bool Show(OutputFolder.Difference difference)
    {
        foreach (var name in difference.Missing) Console.Out.WriteLine("missing   " + name);
        foreach (var name in difference.Different) Console.Out.WriteLine("different " + name);
        foreach (var name in difference.Stale) Console.Out.WriteLine("stale     " + name);
        Console.Say(difference.IsNone
            ? $"{ReportText.Count(difference.Same, "file")}, all up to date."
            : "Not up to date; the same command without --check brings it there.");
        return difference.IsNone;
    }
}
