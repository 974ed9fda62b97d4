using System.Globalization;
using System.Net;
using System.Text.Json;
using Fal.Jobs;

namespace KlingGen.Cli.Batch;

/// <summary>A page of the report for a browser. Everything that comes from a job is escaped, and the page runs no script.</summary>
internal static class HtmlPage
{
    private const int LongestPrompt = 300;

    private const string Style = """
        body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem }
        table { border-collapse: collapse; width: 100% }
        td, th { border-bottom: 1px solid #ddd; padding: .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        video, img { max-width: 20rem; max-height: 12rem; display: block; margin-bottom: .25rem }
        .failed, .unknown { color: #b00020 }
        """;

    /// <summary>The file name of a page, from 1.</summary>
    public static string Name(int page) => page == 1 ? "report.html" : string.Create(CultureInfo.InvariantCulture, $"report-{page}.html");

    /// <summary>Writes a page.</summary>
    /// <param name="output">Takes the page.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="counts">The counts of the whole batch.</param>
    /// <param name="entries">The entries of this page.</param>
    /// <param name="page">Its number, from 1.</param>
    /// <param name="pages">The number of pages.</param>
    /// <param name="folder">The folder of the report, from which the paths of files are relative.</param>
    public static void Write(
        TextWriter output, FalBatch batch, FalLedgerCounts counts, IReadOnlyList<FalLedgerEntry> entries, int page, int pages, string folder)
    {
        output.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{Escape(batch.Name)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>{Escape(batch.Name)}</h1>
            <p>{Escape(BatchText.Summary(batch, counts))}</p>
            {Links(page, pages)}
            <table>
            <tr><th>key</th><th>state</th><th>files</th><th>cost</th><th>prompt</th><th>endpoint</th></tr>

            """);
        foreach (var entry in entries) output.Write(Row(entry, folder));
        output.Write("</table>\n</body>\n</html>\n");
    }

    private static string Links(int page, int pages)
    {
        if (pages == 1) return "";
        var links = Enumerable.Range(1, pages).Select(number => number == page ? string.Create(CultureInfo.InvariantCulture, $"<b>{number}</b>")
            : string.Create(CultureInfo.InvariantCulture, $"<a href=\"{Name(number)}\">{number}</a>"));
        return $"<p>Page {string.Join(' ', links)}</p>";
    }

    private static string Row(FalLedgerEntry entry, string folder)
    {
        var state = FalLedgerText.ToWord(entry.State);
        var cost = string.Create(CultureInfo.InvariantCulture, $"{(entry.IsCostEstimated ? "about " : "")}{entry.Cost:0.####}");
        return $"<tr><td>{Escape(entry.Key)}</td><td class=\"{state}\">{state}{(entry.Reason is null ? "" : "<br>" + Escape(entry.Reason))}</td>"
            + $"<td>{string.Concat(entry.Files.Select(file => Media(file, folder)))}</td><td>{cost}</td><td>{Escape(Prompt(entry))}</td>"
            + $"<td>{Escape(entry.EndpointId)}</td></tr>\n";
    }

    private static string Media(string file, string folder)
    {
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(file, folder)).Replace('\\', '/');
        // "./" keeps a name with a colon from being read as a scheme.
        var url = Escape("./" + string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)));
        var link = $"<a href=\"{url}\">{Escape(Path.GetFileName(file))}</a>";
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".mp4" or ".webm" or ".mov" or ".m4v" => $"<video src=\"{url}\" preload=metadata controls></video>{link}",
            ".png" or ".jpg" or ".jpeg" or ".webp" or ".gif" or ".avif" => $"<img src=\"{url}\" loading=lazy alt=\"\">{link}",
            ".mp3" or ".wav" or ".ogg" or ".flac" or ".m4a" => $"<audio src=\"{url}\" preload=none controls></audio>{link}",
            _ => link,
        };
    }

    private static string Prompt(FalLedgerEntry entry)
    {
        using var input = JsonDocument.Parse(entry.Input);
        foreach (var name in (string[])["prompt", "text"])
        {
            if (!input.RootElement.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) continue;
            var text = value.GetString()!;
            return text.Length <= LongestPrompt ? text : string.Concat(text.AsSpan(0, LongestPrompt), "…");
        }
        return "";
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
