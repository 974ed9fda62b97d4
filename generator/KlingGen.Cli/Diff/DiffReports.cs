using System.Globalization;
using System.Text;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Reports;

namespace KlingGen.Cli.Diff;

/// <summary>Prints changes for people at a terminal, for a pull request, and for programs.</summary>
internal static class DiffReports
{
    /// <summary>Endpoint by endpoint, one line per change. A type that several endpoints share is listed with the first of them.</summary>
    public static void WriteText(IReadOnlyCollection<Change> changes, TextWriter output, Paint paint)
    {
        foreach (var group in Groups(changes))
        {
            output.WriteLine(paint.Bold(group.Key));
            foreach (var change in group)
            {
                output.WriteLine($"  {Painted(change.Class, paint)} {change.Place}: {Line(change.Message)}");
                if (change.Note is not null) output.WriteLine($"  {"",Width} {paint.Dim(change.Note)}");
            }

            output.WriteLine();
        }

        output.WriteLine(Total(changes));
    }

    /// <summary>A heading, a sentence and a table per class; documentation is folded away.</summary>
    public static void WriteMarkdown(IReadOnlyCollection<Change> changes, TextWriter output)
    {
        output.WriteLine("## Changes of the fal endpoints for C# code");
        output.WriteLine();
        output.WriteLine(Total(changes));
        foreach (var @class in new[] { ChangeClass.Breaking, ChangeClass.Compatible, ChangeClass.Documentation })
        {
            Change[] mine = [.. changes.Where(change => change.Class == @class)];
            if (mine.Length == 0) continue;
            output.WriteLine();
            var heading = $"{Heading(@class)} ({mine.Length.ToString(CultureInfo.InvariantCulture)})";
            output.WriteLine(@class == ChangeClass.Documentation ? $"<details><summary>{heading}</summary>" : "### " + heading);
            output.WriteLine();
            output.WriteLine("| Endpoint | C# | Change |");
            output.WriteLine("|---|---|---|");
            foreach (var change in mine) output.WriteLine($"| {Endpoints(change)} | {Code(change.Place)} | {Cell(change)} |");
            if (@class != ChangeClass.Documentation) continue;
            output.WriteLine();
            output.WriteLine("</details>");
        }
    }

    public static void WriteJson(IReadOnlyCollection<Change> changes, string old, string @new, TextWriter output)
        => ReportJson.Write(
            new
            {
                Old = old,
                New = @new,
                Summary = ChangeSummary.FromChanges(changes),
                Changes = changes.Select(change => new
                {
                    Class = Word(change.Class),
                    Kind = char.ToLowerInvariant(change.Kind.ToString()[0]) + change.Kind.ToString()[1..],
                    change.Endpoints,
                    change.Namespace,
                    change.Type,
                    change.Member,
                    change.WireName,
                    change.Limit,
                    change.Old,
                    change.New,
                    change.Message,
                    change.Note,
                }),
            },
            output);

    /// <summary>The counts as a sentence.</summary>
    public static string Total(IReadOnlyCollection<Change> changes)
    {
        if (changes.Count == 0) return "Nothing changes for C# code.";
        var summary = ChangeSummary.FromChanges(changes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Breaking} breaking, {summary.Compatible} compatible, {summary.Documentation} in documentation only.");
    }

    private const int Width = 13;

    private static IEnumerable<IGrouping<string, Change>> Groups(IReadOnlyCollection<Change> changes)
        => changes.GroupBy(change => change.Endpoints.Count > 0
            ? change.Endpoints[0] + (change.Endpoints.Count > 1 ? $" and {ReportText.Count(change.Endpoints.Count - 1, "other")}" : "")
            : change.Namespace);

    private static string Painted(ChangeClass @class, Paint paint)
    {
        var word = Word(@class).PadRight(Width);
        return @class switch { ChangeClass.Breaking => paint.Red(word), ChangeClass.Compatible => paint.Green(word), _ => paint.Dim(word) };
    }

    private static string Word(ChangeClass @class)
        => @class switch { ChangeClass.Breaking => "breaking", ChangeClass.Compatible => "compatible", _ => "documentation" };

    private static string Heading(ChangeClass @class)
        => @class switch { ChangeClass.Breaking => "Breaking", ChangeClass.Compatible => "Compatible", _ => "Documentation only" };

    /// <summary>A document's text may hold line ends, and what a terminal takes for a command.</summary>
    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Endpoints(Change change)
        => change.Endpoints.Count == 0
            ? Code(change.Namespace)
            : Code(change.Endpoints[0]) + (change.Endpoints.Count > 1 ? $" and {ReportText.Count(change.Endpoints.Count - 1, "other")}" : "");

    private static string Cell(Change change) => Escape(Line(change.Message)) + (change.Note is null ? "" : " *" + Escape(Line(change.Note)) + "*");

    private static string Code(string text)
        => "`" + text.Replace("|", "\\|", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal) + "`";

    /// <summary>Nothing of a document's text may become markup, a mention or a link.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '<' or '>' or '&') escaped.Append(c switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else if (c is '|' or '*' or '_' or '`' or '[' or ']' or '#' or '\\' or '@' or '~' or '!') escaped.Append(c == '@' ? "&#64;" : "\\" + c);
            else escaped.Append(c);
        }

        return escaped.ToString();
    }
}
