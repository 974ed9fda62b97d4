using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests;

/// <summary>A project with documents, code and references, built by the compiler with the generator: for what happens between projects.</summary>
internal sealed record Project(string Name, params SpecText[] Documents)
{
    public string Code { get; init; } = "";

    public string Visibility { get; init; } = "public";

    public MetadataReference[] References { get; init; } = [];

    /// <summary>Whether the project has the property that package KlingGen.Kling sets.</summary>
    public bool LeadsToReferences { get; init; }

    private SpecOptions Options => new(("FalVisibility", Visibility), ("FalReferencedEndpoints", LeadsToReferences ? "true" : ""));

    /// <summary>Builds with warnings as errors; every diagnostic of the compiler fails the test.</summary>
    public BuiltProject Build()
    {
        var compilation = Driver.Compilation(sources: Code).WithAssemblyName(Name).AddReferences(References);
        var driver = Driver.Create(Documents, options: Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        var outcome = new DriverOutcome(driver.GetRunResult(), updated);
        using var image = new MemoryStream();
        var complaints = updated.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        Assert.True(complaints.Length == 0, string.Join(Environment.NewLine, complaints.Take(20).Select(DriverOutcome.Describe)));
        return new BuiltProject(outcome, MetadataReference.CreateFromImage(image.ToArray()));
    }

    /// <summary>Runs the generator alone, for projects that need not compile.</summary>
    public IReadOnlyList<Diagnostic> Problems()
    {
        var compilation = Driver.Compilation(sources: Code).WithAssemblyName(Name).AddReferences(References);
        return Driver.Create(Documents, options: Options).RunGenerators(compilation)
            .GetRunResult().Diagnostics;
    }
}

/// <summary>A project that was built.</summary>
internal sealed record BuiltProject(DriverOutcome Outcome, MetadataReference Reference)
{
    public IReadOnlyList<string> Ids => [.. Outcome.Problems.Select(problem => problem.Id)];

    public IReadOnlyList<string> Files
        => [.. Outcome.Result.Results[0].GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal)];
}
