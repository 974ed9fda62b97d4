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
        new Row("compile", CompileRow.MeasureAsync) { InChild = CompileRow.RunAsync },
        new Row("instant", InstantRow.MeasureAsync),
        new Row("emulator", EmulatorRow.MeasureAsync) { InChild = EmulatorRow.RunAsync },
        new Row("calls", CallsRow.MeasureAsync) { InChild = CallsRow.RunAsync },
        new Row("official-client", OfficialClientRow.MeasureAsync),
        new Row("poll", PollRow.MeasureAsync),
        new Row("waiting", WaitingRow.MeasureAsync) { InChild = WaitingRow.RunJobsAsync },
        new Row("transfer", TransferRow.MeasureAsync) { InChild = TransferRow.RunAsync },
        new Row("json", JsonRow.MeasureAsync) { InChild = JsonRow.RunAsync },
        new Row("native", NativeRow.MeasureAsync),
        new Row("ledger", LedgerRow.MeasureAsync) { InChild = LedgerRow.RunAsync },
    ];
}
