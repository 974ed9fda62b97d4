using Fal;
using KlingGen.Cli.Terminal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Cli.Tests.Harness;

/// <summary>Compiles programs that the playground wrote against the code that the generator emits for all bundled endpoints.</summary>
internal static class SampleCompiler
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp11);
    private static readonly Lazy<Task<CSharpCompilation>> Emitted = new(CompileEmittedAsync);

    /// <summary>
    /// The first errors; empty if all samples compile. Top-level statements become methods, so that one compilation takes all samples. The bodies of
    /// emitted methods are not compiled: tests of the generator compile them.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CompileAsync(IReadOnlyList<string> samples)
    {
        var emitted = await Emitted.Value;
        var trees = samples.Select((sample, i) =>
        {
            var body = sample.IndexOf("\n\n", StringComparison.Ordinal);
            var text = $"{sample[..body]}\ninternal static class Sample{i}\n{{\npublic static async Task RunAsync()\n{{\n{sample[body..]}\n}}\n}}\n";
            return CSharpSyntaxTree.ParseText(text, Options, $"Sample{i}.cs");
        }).ToArray();
        var compilation = emitted.AddSyntaxTrees(trees);
        return [.. trees.SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic}\n{diagnostic.Location.SourceTree}").Take(3)];
    }

    private static async Task<CSharpCompilation> CompileEmittedAsync()
    {
        var emitted = await EmitAsync();
        // Of the framework what the runtime uses, and the console.
        string[] names =
        [
            .. typeof(FalClient).Assembly.GetReferencedAssemblies().Select(name => name.Name + ".dll"), "System.Private.CoreLib.dll",
            "System.Private.Uri.dll", "System.Console.dll",
        ];
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => names.Contains(Path.GetFileName(path)) && !path.Contains("KlingGen", StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "Samples",
            // File-local types are told apart by the paths of their files.
            [.. emitted.Append(ImplicitUsings).Select((text, i) => CSharpSyntaxTree.ParseText(text, Options, $"{i}.cs"))],
            framework.Append(typeof(FalClient).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static async Task<string[]> EmitAsync()
    {
        var folder = Directory.CreateTempSubdirectory("klinggen-samples-");
        try
        {
            var console = new ToolConsole(TextWriter.Null, TextWriter.Null, outputColours: false, errorColours: false);
            Assert.Equal(0, await Tool.RunAsync(["emit", "--endpoints", "**", "--out", folder.FullName], console, CancellationToken.None));
            return [.. folder.EnumerateFiles("*.cs", SearchOption.AllDirectories).Select(file => File.ReadAllText(file.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
