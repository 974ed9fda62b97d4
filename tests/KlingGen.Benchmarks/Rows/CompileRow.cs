using System.Diagnostics;
using System.Globalization;
using Fal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace KlingGen.Benchmarks;

/// <summary>
/// What comes out of 1,000 documents, compiled: parsed, all diagnostics, then the assembly. A fresh process spends most of its time in the JIT and in
/// code that is not optimized yet, so a warm compiler is measured as well: in a build it is the compiler server. Beside NSwag with System.Text.Json.
/// </summary>
internal static class CompileRow
{
    private const int Count = 1_000;
    private const string Peer = "NSwag 14.8";
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var sides = await sitting.AlternateAsync(2, () => Child.RunAsync("compile", "ours"), () => Child.RunAsync("compile", "nswag"));
        return
        [
            Beside($"C# of {Count:#,0} documents generated", "s", 0),
            Beside("compiled in two passes by a fresh process", "s", 1, "<= 20 s"),
            Beside("the same by a warm compiler, in the third run", "s", 2, "<= 20 s"),
            Beside("the assembly", "MB", 3, "<= 5.5 MB"),
            Beside("peak memory of the process after the first run", "MiB", 4),
        ];

        Figure Beside(string what, string unit, int quantity, string target = "")
            => Figure.Beside(what, unit, (sides[0][quantity], sides[1][quantity]), Peer, target);
    }

    /// <summary>The child process: seconds to generate, to compile cold and to compile warm, MB of the assembly, peak MiB.</summary>
    public static async Task<double[]> RunAsync(string[] args)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<(string Path, string Text)> sources = args is ["ours"] ? Emit() : await EmitWithNSwagAsync();
        var generated = clock.Elapsed.TotalSeconds;
        var (cold, size) = Compile(sources);
        var peak = Child.PeakMiB();
        Compile(sources);
        var (warm, _) = Compile(sources);
        return [generated, cold, warm, size / 1e6, peak];
    }

    private static (double Seconds, long Size) Compile(IReadOnlyList<(string Path, string Text)> sources)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var compilation = Compilation().AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, Parse, source.Path)));
        if (compilation.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException(error.ToString());
        using var image = new MemoryStream();
        if (!compilation.Emit(image).Success) throw new InvalidOperationException("The assembly was not written.");
        return (clock.Elapsed.TotalSeconds, image.Length);
    }

    private static (string Path, string Text)[] Emit()
    {
        var driver = DriverSession.Bare(Count).Create().WithUpdatedParseOptions(Parse).RunGenerators(Compilation());
        return [.. driver.GetRunResult().GeneratedTrees.Select(tree => (tree.FilePath, tree.ToString()))];
    }

    private static async Task<List<(string Path, string Text)>> EmitWithNSwagAsync()
    {
        var sources = new List<(string Path, string Text)>();
        foreach (var (key, text) in Documents.Take(Count))
        {
            var settings = new CSharpClientGeneratorSettings
            {
                CSharpGeneratorSettings =
                {
                    Namespace = "Peer" + sources.Count.ToString(CultureInfo.InvariantCulture),
                    JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson,
                },
            };
            try
            {
                sources.Add((key + ".cs", new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(text), settings).GenerateFile()));
            }
            catch (InvalidOperationException)
            {
                // NSwag refuses some genuine documents, for instance over a $ref that leads nowhere; the others are measured.
            }
        }
        return sources;
    }

    private static CSharpCompilation Compilation()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(FalClient).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("Endpoints", [], references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable));
    }
}
