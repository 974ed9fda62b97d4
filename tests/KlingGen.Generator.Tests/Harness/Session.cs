using System.Collections.Immutable;
using KlingGen.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Generator.Tests;

/// <summary>A driver that lives through edits, as in an editor. Each run says why every step gave what it gave.</summary>
internal sealed class Session
{
    private readonly Dictionary<string, SpecText> _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public Session(params SpecText[] files)
        : this(files, null)
    {
    }

    public Session(IReadOnlyCollection<SpecText> files, IIncrementalGenerator? generator)
    {
        _files = files.ToDictionary(file => file.Path);
        _compilation = Driver.Compilation(sources: "class Program { }");
        _driver = generator is null ? Driver.Create(files) : Driver.Create(files, generator);
        Run();
    }

    public GeneratorDriverRunResult Result { get; private set; } = null!;

    /// <summary>The emitted files by name.</summary>
    public ImmutableSortedDictionary<string, string> Texts { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    public IEnumerable<SpecText> Files => _files.Values;

    public int Reads => _files.Values.Sum(file => file.Reads);

    public void EditCSharp(string source)
    {
        _compilation = _compilation.ReplaceSyntaxTree(
            _compilation.SyntaxTrees[0],
            CSharpSyntaxTree.ParseText(source, Driver.Parse(LanguageVersion.CSharp11), "/user/0.cs"));
        Run();
    }

    /// <summary>What an edit of a document does: another additional file takes the place of the old one.</summary>
    public void Replace(SpecText file)
    {
        _driver = _driver.ReplaceAdditionalText(_files[file.Path], file);
        _files[file.Path] = file;
        Run();
    }

    public void Add(SpecText file)
    {
        _driver = _driver.AddAdditionalTexts([file]);
        _files.Add(file.Path, file);
        Run();
    }

    public void Remove(SpecText file)
    {
        _driver = _driver.RemoveAdditionalTexts([file]);
        _files.Remove(file.Path);
        Run();
    }

    public void Options(AnalyzerConfigOptionsProvider options)
    {
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(options);
        Run();
    }

    /// <summary>Everything a step gave in the last run, with the reason.</summary>
    public ImmutableArray<(object Value, IncrementalStepRunReason Reason)> Step(string name)
        => Result.Results[0].TrackedSteps.TryGetValue(name, out var runs) ? [.. runs.SelectMany(run => run.Outputs)] : [];

    /// <summary>The reasons of a step, each once.</summary>
    public IReadOnlyCollection<IncrementalStepRunReason> Reasons(string name)
        => Step(name).Select(output => output.Reason).Distinct().Order().ToArray();

    /// <summary>The reasons of what goes into the compilation.</summary>
    public IReadOnlyCollection<IncrementalStepRunReason> OutputReasons()
        => Result.Results[0].TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)
            .Distinct()
            .Order()
            .ToArray();

    /// <summary>The names of the files whose text the last run emitted.</summary>
    public IReadOnlyCollection<string> Emitted()
        => Step(StepNames.Emit).Where(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
            .Select(output => ((EmitResult)output.Value).File!.HintName).Order(StringComparer.Ordinal).ToArray();

    private void Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        Result = _driver.GetRunResult();
        Texts = Result.Results[0].GeneratedSources.IsDefault
            ? Texts
            : Result.Results[0].GeneratedSources
                .ToImmutableSortedDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
    }
}
