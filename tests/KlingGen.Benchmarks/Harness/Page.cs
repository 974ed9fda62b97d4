using System.Globalization;
using System.Text;

namespace KlingGen.Benchmarks;

/// <summary>The page of figures. Each row owns the lines between its two markers; all other lines stay as they are.</summary>
internal static class Page
{
    private static readonly string File = Path.Combine(Repository.Root, "generator", "docs", "BENCHMARKS.md");

    /// <summary>Puts a row's table, or why there is none, between its markers.</summary>
    public static void Write(string row, string table)
    {
        var text = System.IO.File.ReadAllText(File);
        var (start, end) = ($"<!-- row {row} -->", $"<!-- end {row} -->");
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < start.Length || to < from) throw new InvalidOperationException($"{File} has no '{start}' before an '{end}'.");
        System.IO.File.WriteAllText(File, $"{text[..from]}\n{table}\n{text[to..]}");
    }

    /// <summary>The table of a row.</summary>
    public static string Table(IEnumerable<Figure> figures)
    {
        var table = new StringBuilder("| measured | KlingGen | beside it | compared | target | spread |\n|---|---|---|---|---|---|");
        foreach (var figure in figures) table.Append('\n').Append(figure.ToLine());
        return table.ToString();
    }

    /// <summary>When and where the figures were measured, for the line above the rows.</summary>
    public static string Machine()
        => string.Create(CultureInfo.InvariantCulture, $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {Environment.ProcessorCount} cores, ")
            + $"{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version}, {Documents.Origin}.";
}
