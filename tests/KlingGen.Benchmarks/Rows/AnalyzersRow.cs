using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Benchmarks;

/// <summary>
/// How long each analyzer runs over a project with 10,000 assignments to emitted members, by the compiler's own count
/// (what <c>ReportAnalyzer</c> prints), beside the time in which the compiler makes an assembly of that project, parsing included,
/// as a build does. Both on one thread, so that the ratio means something.
/// </summary>
internal static class AnalyzersRow
{
    private const int Methods = 1_000;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. typeof(SpecGenerator).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private const string Document = """
        {"openapi": "3.0.4", "info": {"title": "Clip", "version": "1.0.0"},
         "components": {"schemas": {
           "Input": {"title": "ClipRequest", "type": "object", "required": ["prompt"], "properties": {
             "prompt": {"type": "string", "maxLength": 500}, "negative": {"type": "string", "pattern": "^[a-z ]*$"}, "guidance": {"type": "number", "minimum": 0, "maximum": 1},
             "steps": {"type": "integer", "minimum": 1, "maximum": 50}, "seed": {"type": "integer"}, "duration": {"type": "string", "enum": ["5", "10"]}, "loop": {"type": "boolean"},
             "image_url": {"type": "string", "ui": {"field": "image"}}, "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 4, "uniqueItems": true}, "note": {"type": "string"}}},
           "Output": {"title": "ClipResult", "type": "object", "properties": {"note": {"type": "string"}}}}},
         "paths": {
           "/acme/lumen/clip/requests/{request_id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Output"}}}}}}},
           "/acme/lumen/clip": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}}, "responses": {"200": {"description": "Queued."}}}}}}
        """;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        // All code compiled fully from the start, ours and the compiler's alike.
        var numbers = await Child.RunAsync(
            "analyzers",
            [("DOTNET_ReadyToRun", "0"), ("DOTNET_TieredCompilation", "0")],
            sitting.Rounds(31).ToString(CultureInfo.InvariantCulture));
        var width = 1 + Analyzers.Length;
        Sample Column(Func<double[], double> of) => new([.. numbers.Chunk(width).Select(of)]);
        var compile = Column(round => round[0]);
        var figures = Analyzers.Select((analyzer, i) => Share($"`{analyzer.GetType().Name}`", Column(round => round[1 + i])));
        return
        [
            Share("all analyzers", Column(round => round[1..].Sum())) with { Target = "<= 1.5 %" },
            .. figures.Where(figure => figure.Ours.Median >= 0.02).OrderByDescending(figure => figure.Ours.Median),
            new Figure($"compiling {Methods * 10:#,0} assignments", "ms", compile),
        ];

        Figure Share(string what, Sample milliseconds)
            => new(what + ", share of the compilation", "%", milliseconds.With(compile, (time, whole) => 100 * time / whole));
    }

    /// <summary>The child process: for each round the milliseconds of the compilation, then those of each analyzer.</summary>
    public static async Task<double[]> RunRoundsAsync(string[] args)
    {
        var compilation = Project();
        var numbers = new List<double>();
        for (var round = 0; round < int.Parse(args[0], CultureInfo.InvariantCulture); round++)
        {
            numbers.Add(Compile(compilation));
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: null,
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: true);
            var analyzed = Fresh(compilation).WithAnalyzers(Analyzers, options);
            var found = await analyzed.GetAnalyzerDiagnosticsAsync();
            if (!found.IsEmpty) throw new InvalidOperationException("Nothing is wrong in the project, but: " + found[0]);
            foreach (var analyzer in Analyzers)
                numbers.Add((await analyzed.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime.TotalMilliseconds);
        }
        return [.. numbers];
    }

    private static double Compile(CSharpCompilation compilation)
    {
        var clock = Stopwatch.StartNew();
        using var image = new MemoryStream();
        var outcome = Fresh(compilation).Emit(image);
        return outcome.Success ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException(
            outcome.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    /// <summary>The same project as if it had never been compiled: symbols and bindings are made again.</summary>
    private static CSharpCompilation Fresh(CSharpCompilation compilation)
        => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(
            compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)));

    private static CSharpCompilation Project()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(FalClient).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        var empty = CSharpCompilation.Create("Clips", [], references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            concurrentBuild: false));
        var emitted = DriverSession.Emit(empty, parse, ("acme/lumen/clip", Document));
        return empty.AddSyntaxTrees([.. emitted, CSharpSyntaxTree.ParseText(Source(), parse, "Program.cs")]);
    }

    private static string Source()
    {
        var source = new StringBuilder("using Fal; using Fal.Acme.Lumen;\npublic static class Program\n{\n");
        for (var i = 0; i < Methods; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                public static ClipRequest Make{{i}}() => new()
                {
                    Prompt = "A heron at dawn, {{i}}.", Negative = "blur", Guidance = 0.{{i % 10}}, Steps = {{(i % 50) + 1}}, Seed = {{i}},
                    Duration = ClipDuration.Duration5, Loop = true, ImageUrl = "https://files.example.com/{{i}}.jpg",
                    Tags = ["heron", "dawn"], Note = "{{i}}",
                };

            """);
        }

        return source.Append("}\n").ToString();
    }
}
