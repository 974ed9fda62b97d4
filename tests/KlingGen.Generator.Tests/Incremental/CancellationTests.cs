using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Generator.Tests.Incremental;

/// <summary>Every step stops when the driver cancels the run.</summary>
public sealed class CancellationTests
{
    private static readonly SpecText File = Documents.Numbered(1);

    private static readonly SpecSource Source = new(File.Path, File.Key, false, File.GetText().ToString(), EquatableArray<SpecOverlay>.Empty);

    [Fact]
    public void Reading_stops() => Assert.Throws<OperationCanceledException>(() => SpecReader.Read(Source, new CancellationToken(true)));

    [Fact]
    public void Planning_stops()
        => Assert.Throws<OperationCanceledException>(() => Planner.Make([SpecReader.Read(Source).Model!], new CancellationToken(true)));

    [Fact]
    public void Emission_stops()
    {
        var file = Planner.Make([SpecReader.Read(Source).Model!]).Files.OfType<EndpointFileModel>().Single();
        var options = new EmissionOptions(EmissionOptions.DefaultNamespace, true, "1.0.0");
        Assert.Throws<OperationCanceledException>(() => FileEmitter.Emit(file, options, new CancellationToken(true)));
    }

    [Fact]
    public void Steps_receive_the_token_of_the_run()
    {
        using var run = new CancellationTokenSource();
        var generator = new SpecGenerator(
            (source, cancellation) =>
            {
                run.Cancel();
                return SpecReader.Read(source, cancellation);
            },
            FileEmitter.Emit);
        Assert.Throws<OperationCanceledException>(() => Driver.Create([File], generator).RunGenerators(Driver.Compilation(), run.Token));
    }
}
