using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Batch;

/// <summary>
/// Reads jobs from CSV (RFC 4180, with a header): the columns <c>endpoint</c>, <c>key</c> and <c>out</c>, and a column per property of the input. An
/// empty cell leaves the property out.
/// </summary>
internal static class CsvLines
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>The jobs; a record that is no job is a problem.</summary>
    public static IEnumerable<BatchRow> Read(TextReader text, ICollection<LineProblem> problems)
    {
        var first = text.ReadLine() ?? "";
        using var whole = new ConcatenatedReader(first + "\n", text);
        using var parser = new CsvParser(whole, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // Names of columns hold no delimiter, so the first one is it.
            Delimiter = first.IndexOfAny(Delimiters) is >= 0 and var at ? first[at].ToString() : ",",
            IgnoreBlankLines = true,
        });
        if (Next(parser, problems) is not { } header) yield break;
        string[] columns = [.. header.Record.Select(column => column.Trim())];
        if (Faulty(columns) is { } fault)
        {
            problems.Add(new(1, fault));
            yield break;
        }
        while (Next(parser, problems) is var (line, record))
        {
            if (record.Length != columns.Length)
            {
                var counts = string.Create(CultureInfo.InvariantCulture, $"has {record.Length} cells, but the header has {columns.Length}");
                problems.Add(new(line, counts));
                continue;
            }
            yield return new CsvRow(line, Cell("endpoint"), Cell("key"), Cell("out"), columns, record);

            string? Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var index && record[index].Length > 0 ? record[index] : null;
        }
    }

    private static (int Line, string[] Record)? Next(CsvParser parser, ICollection<LineProblem> problems)
    {
        var line = parser.RawRow + 1;
        try
        {
            return parser.Read() ? (line, parser.Record!) : null;
        }
        catch (CsvHelperException)
        {
            // Its message repeats the file. The lines after a broken quote cannot be separated, so reading ends.
            problems.Add(new(line, "is not valid CSV: a quote is not closed, or stands inside a cell that is not quoted; write it twice (\"\")"));
            return null;
        }
    }

    private static string? Faulty(string[] columns)
    {
        if (Array.Find(columns, column => column.Length == 0 || column.Contains('=', StringComparison.Ordinal)) is { } bad)
            return $"the column '{bad}' is not a property name";
        return columns.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? $"the column '{twice}' occurs twice" : null;
    }

    private sealed record CsvRow(int Line, string? Endpoint, string? Key, string? Output, string[] Columns, string[] Cells)
        : BatchRow(Line, Endpoint, Key, Output)
    {
        public override JsonObject MakeInput(KnownEndpoint? known, BatchFiles files)
        {
            if (known?.Request is { } request)
            {
                var missing = request.Properties.FirstOrDefault(property
                    => property.IsRequired && !property.IsFixed && !Columns.Any(column => column.Split('.')[0] == property.WireName));
                if (missing is not null) throw new ToolException($"the file has no column '{missing.WireName}', which the endpoint requires");
            }
            var input = new JsonObject();
            var reader = new InputReader(known, files.Open);
            for (var i = 0; i < Columns.Length; i++)
                if (Cells[i].Length > 0 && Columns[i] is not ("endpoint" or "key" or "out")) reader.Set(input, Columns[i] + "=" + Cells[i]);
            return input;
        }
    }

    /// <summary>A text, and then the rest of a reader.</summary>
    private sealed class ConcatenatedReader(string first, TextReader rest) : TextReader
    {
        private int _at;

        public override int Peek() => _at < first.Length ? first[_at] : rest.Peek();

        public override int Read() => _at < first.Length ? first[_at++] : rest.Read();

        public override int Read(char[] buffer, int index, int count)
        {
            if (_at == first.Length) return rest.Read(buffer, index, count);
            var length = Math.Min(count, first.Length - _at);
            first.CopyTo(_at, buffer, index, length);
            _at += length;
            return length;
        }
    }
}
