using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>Entries as CSV, a record each.</summary>
internal sealed class CsvJobs : IDisposable
{
    private static readonly string[] Columns =
    [
        "key", "endpoint_id", "state", "files", "cost", "is_cost_estimated", "request_id", "attempts",
        "error_kind", "reason", "submitted_at", "ended_at",
    ];

    private readonly CsvWriter _writer;

    public CsvJobs(TextWriter output)
    {
        // Reasons come from the server, and a spreadsheet runs a cell that begins with =.
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" };
        _writer = new CsvWriter(output, settings, leaveOpen: true);
        Write(Columns);
    }

    public void Add(FalLedgerEntry entry) => Write(
        entry.Key,
        entry.EndpointId,
        FalLedgerText.ToWord(entry.State),
        string.Join('\n', entry.Files),
        entry.Cost.ToString(CultureInfo.InvariantCulture),
        entry.IsCostEstimated ? "true" : "false",
        entry.RequestId,
        entry.Attempts.ToString(CultureInfo.InvariantCulture),
        entry.ErrorKind,
        entry.Reason,
        JobJson.Time(entry.SubmittedAt),
        JobJson.Time(entry.EndedAt));

    public void Dispose()
    {
        _writer.Flush();
        _writer.Dispose();
    }

    private void Write(params string?[] cells)
    {
        foreach (var cell in cells) _writer.WriteField(cell);
        _writer.NextRecord();
    }
}
