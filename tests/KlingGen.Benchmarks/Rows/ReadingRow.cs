using System.Text;
using System.Text.Json;
using KlingGen.Emission;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;

namespace KlingGen.Benchmarks;

/// <summary>One document of middling size: reading, the model, the text. The floor is a walk over its tokens.</summary>
internal static class ReadingRow
{
    private const string Floor = "`Utf8JsonReader`, every token";

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var utf8 = Encoding.UTF8.GetBytes(Documents.Median.Text);
        var source = new SpecSource(
            "/specs/" + Documents.Median.Key + ".json", Documents.Median.Key, false, Documents.Median.Text, EquatableArray<SpecOverlay>.Empty);
        var options = new EmissionOptions(EmissionOptions.DefaultNamespace, true, "0.0.0");
        FileModel[] files = [.. Planner.Make([SpecReader.Read(source).Model!]).Files];
        var sides = await sitting.AlternateCallsAsync(
            15,
            () => Walk(utf8),
            () => JsonReader.Read(source.Text),
            () => SpecReader.Read(source),
            () => Emit(files, options));
        return
        [
            Time("text to positions, from which nodes are made on demand", 1), Memory("the same, allocated", 1),
            Time("text to model", 2), Memory("the same, allocated", 2),
            Time("model to C#", 3), Memory("the same, allocated", 3),
        ];

        Figure Time(string what, int side) => Figure.Beside(what, "µs", (sides[side][0], sides[0][0]), Floor);
        Figure Memory(string what, int side) => new(what, "KB", new Sample([.. sides[side][1].Values.Select(bytes => bytes / 1000)]));
    }

    private static void Walk(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
        }
    }

    private static void Emit(FileModel[] files, EmissionOptions options)
    {
        foreach (var file in files) FileEmitter.Emit(file, options);
    }
}
