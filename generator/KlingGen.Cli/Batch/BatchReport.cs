using System.Text.Encodings.Web;
using System.Text.Json;
using Fal.Jobs;
using KlingGen.Cli.Common;

namespace KlingGen.Cli.Batch;

/// <summary>
/// The report of a batch: <c>report.json</c>, <c>report.csv</c>, and pages for a browser from <c>report.html</c> on. The entries are read and written
/// in pages, so that the size of the ledger does not matter.
/// </summary>
internal static class BatchReport
{
    /// <summary>How many jobs a page has: browsers read the head of every video on it.</summary>
    public const int PageSize = 500;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report into a folder.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops it; files that are not whole are not there.</param>
    /// <returns>The path of the first page.</returns>
    public static async Task<string> WriteAsync(IFalLedger ledger, FalBatch batch, string folder, CancellationToken cancellation)
    {
        var counts = await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false);
        using var json = new AtomicFile(Path.Combine(folder, "report.json"));
        using var csv = new AtomicFile(Path.Combine(folder, "report.csv"));
        var pages = Math.Max(1, (counts.Total + PageSize - 1) / PageSize);
        using (var jobs = new JsonJobs(json.Stream, batch, counts))
        using (var text = new StreamWriter(csv.Stream, leaveOpen: true))
        using (var records = new CsvJobs(text))
        {
            var page = 0;
            await foreach (var entries in PagesAsync(ledger, batch.Name, cancellation).ConfigureAwait(false))
            {
                page++;
                foreach (var entry in entries)
                {
                    jobs.Add(entry);
                    records.Add(entry);
                }
                WritePage(folder, page, pages, entries);
            }
            if (page == 0) WritePage(folder, 1, 1, []);
        }
        json.Commit();
        csv.Commit();
        return Path.Combine(folder, HtmlPage.Name(1));

        void WritePage(string to, int number, int of, IReadOnlyList<FalLedgerEntry> entries)
        {
            using var file = new AtomicFile(Path.Combine(to, HtmlPage.Name(number)));
            using (var text = new StreamWriter(file.Stream, leaveOpen: true)) HtmlPage.Write(text, batch, counts, entries, number, of, to);
            file.Commit();
        }
    }

    /// <summary>Writes the jobs as JSON or CSV to a text.</summary>
    public static async Task WriteAsync(IFalLedger ledger, FalBatch batch, bool isCsv, TextWriter output, CancellationToken cancellation)
    {
        var counts = await ledger.CountAsync(batch.Name, cancellation).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        using (var jobs = isCsv ? null : new JsonJobs(bytes, batch, counts))
        using (var records = isCsv ? new CsvJobs(output) : null)
        {
            await foreach (var entries in PagesAsync(ledger, batch.Name, cancellation).ConfigureAwait(false))
            {
                foreach (var entry in entries)
                {
                    jobs?.Add(entry);
                    records?.Add(entry);
                    Drain();
                }
            }
        }
        Drain();
        if (!isCsv) output.WriteLine();

        void Drain()
        {
            output.Write(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
            bytes.SetLength(0);
        }
    }

    /// <summary>All entries of a batch, a page at a time.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<FalLedgerEntry>> PagesAsync(
        IFalLedger ledger, string batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        long? after = null;
        while (true)
        {
            var query = new FalLedgerQuery { Batch = batch, After = after, Limit = PageSize };
            var entries = await ledger.ListAsync(query, cancellation).ConfigureAwait(false);
            if (entries.Count == 0) yield break;
            yield return entries;
            after = entries[^1].Sequence;
        }
    }

    /// <summary>A JSON object with the batch and a list of its jobs, written job by job.</summary>
    private sealed class JsonJobs : IDisposable
    {
        private readonly Utf8JsonWriter _writer;

        public JsonJobs(Stream stream, FalBatch batch, FalLedgerCounts counts)
        {
            _writer = new Utf8JsonWriter(stream, Readable);
            _writer.WriteStartObject();
            foreach (var (name, value) in JobJson.FromBatch(batch, counts))
            {
                _writer.WritePropertyName(name);
                if (value is null) _writer.WriteNullValue();
                else value.WriteTo(_writer);
            }
            _writer.WriteStartArray("jobs");
        }

        public void Add(FalLedgerEntry entry)
        {
            JobJson.FromEntry(entry).WriteTo(_writer);
            _writer.Flush();
        }

        public void Dispose()
        {
            _writer.WriteEndArray();
            _writer.WriteEndObject();
            _writer.Dispose();
        }
    }
}
