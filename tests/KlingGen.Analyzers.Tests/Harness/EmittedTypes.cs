using System.Collections.Immutable;
using Fal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Analyzers.Tests;

/// <summary>
/// The types that the generator makes of the documents in <c>Documents</c>: as source beside the user's code, and as a
/// referenced library.
/// </summary>
internal static class EmittedTypes
{
    public static readonly ImmutableArray<MetadataReference> Framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
            || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
        .Select(path => MetadataReference.CreateFromFile(path))];

    public static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(typeof(FalClient).Assembly.Location);

    private static readonly Lazy<ImmutableArray<SyntaxTree>> Emitted = new(Emit);
    private static readonly Lazy<MetadataReference> Compiled = new(Compile);

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.Latest);

    /// <summary>The emitted files.</summary>
    public static ImmutableArray<SyntaxTree> Trees => Emitted.Value;

    /// <summary>A library that holds them.</summary>
    public static MetadataReference Library => Compiled.Value;

    private static ImmutableArray<SyntaxTree> Emit()
    {
        var folder = Path.Combine(Repository.Root, "tests", "KlingGen.Analyzers.Tests", "Documents");
        var texts = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(path => new Document("acme/lumen/" + Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)));
        var driver = CSharpGeneratorDriver.Create([new SpecGenerator().AsSourceGenerator()], texts, Parse, new DocumentKeys());
        var result = driver.RunGenerators(Empty("Emitted")).GetRunResult();
        Assert.Empty(result.Diagnostics);
        Assert.NotEmpty(result.GeneratedTrees);
        return result.GeneratedTrees;
    }

    private static PortableExecutableReference Compile()
    {
        using var image = new MemoryStream();
        var outcome = Empty("Clips").AddSyntaxTrees(Trees).Emit(image);
        Assert.True(outcome.Success, string.Join(Environment.NewLine, outcome.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation Empty(string name) => CSharpCompilation.Create(
        name, [], [.. Framework, Runtime], new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable));

    private sealed class Document(string key, string text) : AdditionalText
    {
        public string Key => key;

        public override string Path => "/specs/" + key + ".json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, System.Text.Encoding.UTF8);
    }

    private sealed class DocumentKeys : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
            => new Options(new() { ["build_metadata.AdditionalFiles.FalSpec"] = ((Document)textFile).Key });
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        // The attribute that the base carries exists twice here: in the framework and among the generator's own stand-ins for it.
#pragma warning disable CS8765
        public override bool TryGetValue(string key, out string? value) => values.TryGetValue(key, out value);
    }
}
