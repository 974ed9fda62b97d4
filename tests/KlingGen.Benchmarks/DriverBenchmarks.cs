using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Benchmarks;

/// <summary>The generator in the compiler's driver: a first run, and the two edits that happen all day.</summary>
[MemoryDiagnoser]
public class DriverBenchmarks
{
    private DriverSession _session = null!;
    private int _edits;

    [Params(70, 700)]
    public int DocumentCount { get; set; }

    [GlobalSetup]
    public void Setup() => _session = new DriverSession(DocumentCount);

    /// <summary>Nothing known yet: every document is read, every file written.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => _session.Create().RunGenerators(_session.Compilation);

    /// <summary>Somebody types in C#.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit()
    {
        _session.EditCode(++_edits);
        return _session.Run();
    }

    /// <summary>Somebody changes a limit in one document.</summary>
    [Benchmark]
    public GeneratorDriver OneDocumentEdited()
    {
        _session.EditDocument(++_edits);
        return _session.Run();
    }

    /// <summary>The floor: the driver with a generator that does nothing.</summary>
    [Benchmark]
    public GeneratorDriver EmptyGenerator()
    {
        _session.EditCode(++_edits);
        return _session.RunEmpty();
    }
}
