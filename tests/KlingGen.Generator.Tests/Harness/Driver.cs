using System.Collections.Immutable;
using Fal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Generator.Tests;

/// <summary>Runs the generator in the compiler's own driver.</summary>
internal static class Driver
{
    /// <summary>
    /// What a project compiles against here: the runtime, and of the framework what the runtime and the sources in tests use. Every further
    /// assembly costs each compilation.
    /// </summary>
    private static readonly string[] Assemblies =
    [
        .. typeof(FalClient).Assembly.GetReferencedAssemblies().Select(name => name.Name + ".dll"),
        "System.Private.CoreLib.dll", "System.Private.Uri.dll", "System.Console.dll", "System.Linq.dll",
    ];

    /// <summary>The compilation that all others are derived from, so that the references are bound once.</summary>
    private static readonly CSharpCompilation Empty = CreateEmpty();

    /// <summary>Every warning that a strict project could have is on, and documentation is parsed.</summary>
    public static CSharpCompilation Compilation(
        LanguageVersion version = LanguageVersion.CSharp11,
        NullableContextOptions nullable = NullableContextOptions.Enable,
        params string[] sources)
        => Empty.WithOptions(Empty.Options.WithNullableContextOptions(nullable))
            .AddSyntaxTrees([.. sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, Parse(version), $"/user/{i}.cs"))]);

    public static CSharpParseOptions Parse(LanguageVersion version) => new(version, DocumentationMode.Diagnose);

    public static GeneratorDriver Create(
        IEnumerable<AdditionalText> texts,
        LanguageVersion version = LanguageVersion.CSharp11,
        AnalyzerConfigOptionsProvider? options = null)
        => Create(texts, new SpecGenerator(), version, options);

    public static GeneratorDriver Create(
        IEnumerable<AdditionalText> texts, IIncrementalGenerator generator, LanguageVersion version = LanguageVersion.CSharp11,
        AnalyzerConfigOptionsProvider? options = null)
        => CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            texts,
            Parse(version),
            options ?? new SpecOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static DriverOutcome Run(params SpecText[] texts) => Run(texts, LanguageVersion.CSharp11);

    public static DriverOutcome Run(
        IEnumerable<SpecText> texts,
        LanguageVersion version = LanguageVersion.CSharp11,
        NullableContextOptions nullable = NullableContextOptions.Enable,
        AnalyzerConfigOptionsProvider? options = null,
        params string[] sources)
    {
        var driver = Create(texts, version, options).RunGeneratorsAndUpdateCompilation(
            Compilation(version, nullable, sources),
            out var compilation,
            out _);
        return new DriverOutcome(driver.GetRunResult(), compilation);
    }

    private static CSharpCompilation CreateEmpty()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Assemblies.Contains(Path.GetFileName(path)))
            .Append(typeof(FalClient).Assembly.Location).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999);
        var empty = CSharpCompilation.Create("Consumer", references: references, options: options);
        _ = empty.GetSpecialType(SpecialType.System_Object);
        return empty;
    }
}

/// <summary>What a run gave, and what the compiler thinks of it.</summary>
internal sealed record DriverOutcome(GeneratorDriverRunResult Result, Compilation Compilation)
{
    public ImmutableArray<Diagnostic> Problems => Result.Diagnostics;

    /// <summary>Errors and warnings, with the nullable warnings that emitted files turn off.</summary>
    public IEnumerable<Diagnostic> CompilerComplaints
        => NullableWarnings.TurnOn(Compilation).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    public string Text(string hintName) => Result.Results[0].GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();

    public DriverOutcome Clean()
    {
        Assert.Null(Result.Results[0].Exception);
        var complaints = CompilerComplaints.ToArray();
        Assert.True(complaints.Length == 0, string.Join(Environment.NewLine, complaints.Take(20).Select(Describe)));
        return this;
    }

    /// <summary>The complaint with its line, so that a failing test shows the emitted code.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        var line = diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
        return diagnostic.ToString() + Environment.NewLine + "    " + line;
    }
}
