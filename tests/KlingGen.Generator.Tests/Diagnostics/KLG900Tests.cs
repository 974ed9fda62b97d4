using System.Globalization;
using KlingGen.Emission;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>KLG900: an internal error. The test puts a faulty step into the generator, because no known document causes one.</summary>
public sealed class KLG900Tests
{
    private static readonly SpecText Bad = new(Rule.Id, Documents.WithMembers(""" "prompt": {"type": "string"} """));

    private static readonly SpecText Good = Documents.Numbered(1);

    [Fact]
    public void A_fault_in_reading_names_the_document_at_its_first_character()
    {
        var result = Run(new SpecGenerator(FaultyRead, FileEmitter.Emit));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(
            ("KLG900", "/specs/acme/lumen/clip.json", (1, 1, 1, 1)),
            (problem.Id, problem.Location.GetLineSpan().Path, Marked.PlaceOf(problem)));
        Assert.Contains("'acme/lumen/clip'", problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: the reader broke", problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_reading_stops_no_other_document()
        => Assert.Contains(
            "acme.lumen.step-01.g.cs",
            Run(new SpecGenerator(FaultyRead, FileEmitter.Emit)).Results[0].GeneratedSources.Select(source => source.HintName));

    [Fact]
    public void A_fault_in_emitting_names_the_file_and_stops_no_other()
    {
        var result = Run(new SpecGenerator(SpecReader.Read, FaultyEmit));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal("KLG900", problem.Id);
        Assert.Contains("acme.lumen.clip: ", problem.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("acme.lumen.step-01.g.cs", result.Results[0].GeneratedSources.Select(source => source.HintName));

        // The way to the app's clients names this one too, so it is there, and takes and gives JSON.
        var client = result.Results[0].GeneratedSources.Single(source => source.HintName == "acme.lumen.clip.g.cs").SourceText.ToString();
        Assert.Contains("FalEndpoint<FalRawResult, FalRawResult>", client, StringComparison.Ordinal);
        Assert.DoesNotContain("record", client, StringComparison.Ordinal);
        var compilation = Driver.Compilation().AddSyntaxTrees(result.GeneratedTrees);
        Assert.DoesNotContain(compilation.GetDiagnostics(), complaint => complaint.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Cancellation_is_no_fault()
    {
        var generator = new SpecGenerator(static (_, _) => throw new OperationCanceledException("enough"), FileEmitter.Emit);
        Assert.DoesNotContain(Run(generator).Diagnostics, problem => problem.Id == "KLG900");
    }

    [Fact]
    public void The_same_documents_without_the_faulty_part_are_fine()
        => Assert.Empty(Run(new SpecGenerator()).Diagnostics);

    private static GeneratorDriverRunResult Run(SpecGenerator generator)
        => Driver.Create([Bad, Good], generator).RunGenerators(Driver.Compilation()).GetRunResult();

    private static SpecReading FaultyRead(SpecSource source, CancellationToken cancellation)
        => source.Key == Rule.Id ? throw new InvalidOperationException("the reader broke") : SpecReader.Read(source, cancellation);

    private static SourceFile FaultyEmit(FileModel file, EmissionOptions options, CancellationToken cancellation)
        => file.HintName == "acme.lumen.clip"
            ? throw new InvalidOperationException("the emitter broke")
            : FileEmitter.Emit(file, options, cancellation);
}
