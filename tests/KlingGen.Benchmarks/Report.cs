namespace KlingGen.Benchmarks;

/// <summary>The rows, in the order of the page. A test compares their names with the markers of the page.</summary>
internal static class Report
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new Row("reading", ReadingRow.MeasureAsync),
        new Row("driver", DriverRow.MeasureAsync) { InChild = DriverRow.RunFirstAsync },
        new Row("analyzers", AnalyzersRow.MeasureAsync) { InChild = AnalyzersRow.RunRoundsAsync },
        new Row("build", BuildRow.MeasureAsync),
        new Row("instant", InstantRow.MeasureAsync),
        new Row("emulator", EmulatorRow.MeasureAsync) { InChild = EmulatorRow.RunAsync },
        new Row("poll", PollRow.MeasureAsync),
    ];
}
