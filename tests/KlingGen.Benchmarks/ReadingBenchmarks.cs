using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Specs;

namespace KlingGen.Benchmarks;

/// <summary>One document of middling size: the floor, reading, the model, the text.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Documents.Median.Text);
    private readonly SpecSource _source = new(
        "/specs/" + Documents.Median.Key + ".json",
        Documents.Median.Key,
        false,
        Documents.Median.Text,
        EquatableArray<SpecOverlay>.Empty);
    private readonly EmissionOptions _options = new(EmissionOptions.DefaultNamespace, true, "0.0.0");
    private FileModel[] _files = null!;

    [GlobalSetup]
    public void Setup() => _files = [.. Planner.Make([SpecReader.Read(_source).Model!]).Files];

    /// <summary>The least that anybody could do: look at every token of the UTF-8.</summary>
    [Benchmark(Baseline = true)]
    public int Utf8JsonReaderWalk()
    {
        var reader = new Utf8JsonReader(_utf8);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }

    /// <summary>Nodes with positions.</summary>
    [Benchmark]
    public object Read() => JsonReader.Read(_source.Text);

    /// <summary>Text to model, with names decided and examples judged.</summary>
    [Benchmark]
    public object ReadToModel() => SpecReader.Read(_source);

    /// <summary>Model to text.</summary>
    [Benchmark]
    public int Emit()
    {
        var length = 0;
        foreach (var file in _files) length += FileEmitter.Emit(file, _options).Text.Length;

        return length;
    }
}
