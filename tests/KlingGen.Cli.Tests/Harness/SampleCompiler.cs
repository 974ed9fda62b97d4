using Fal;
using KlingGen.Cli.Terminal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Cli.Tests.Harness;

/// <summary>Compiles programs that the playground wrote against the code that the generator emits for all bundled endpoints.</summary>
internal static class SampleCompiler
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Threading.Tasks;";

    /// <summary>
    /// The first errors; empty if everything compiles. Top-level statements become methods, so that one compilation takes all samples.
    /// </summary>
    public static async Task<IReadOnlyList<string>> CompileAsync(IReadOnlyList<string> samples)
    {
        var emitted = await EmitAsync();
        var methods = samples.Select((sample, i) =>
        {
            var body = sample.IndexOf("\n\n", StringComparison.Ordinal);
            return $"{sample[..body]}\ninternal static class Sample{i}\n{{\npublic static async Task RunAsync()\n{{\n{sample[body..]}\n}}\n}}\n";
        });

        // Of the framework what the runtime uses, and the console.
        string[] names =
        [
            .. typeof(FalClient).Assembly.GetReferencedAssemblies().Select(name => name.Name + ".dll"), "System.Private.CoreLib.dll",
            "System.Private.Uri.dll", "System.Console.dll",
        ];
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => names.Contains(Path.GetFileName(path)) && !path.Contains("KlingGen", StringComparison.Ordinal));
        var options = new CSharpParseOptions(LanguageVersion.CSharp11);
        var compilation = CSharpCompilation.Create(
            "Samples",
            // File-local types are told apart by the paths of their files.
            [.. emitted.Concat(methods).Append(ImplicitUsings).Select((text, i) => CSharpSyntaxTree.ParseText(text, options, $"{i}.cs"))],
            framework.Append(typeof(FalClient).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic}\n{diagnostic.Location.SourceTree}").Take(3)];
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
