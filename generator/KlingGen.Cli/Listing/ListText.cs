using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Listing;

/// <summary>The list for people.</summary>
internal static class ListText
{
    /// <summary>One line each.</summary>
    public static void WriteLines(IReadOnlyList<EndpointEntry> entries, TextWriter output, Paint paint)
    {
        var width = entries.Count == 0 ? 0 : entries.Max(entry => entry.Id.Length);
        foreach (var entry in entries) output.WriteLine(entry.Id.PadRight(width) + "  " + paint.Cyan(entry.Client));
    }

    /// <summary>A paragraph each, with a line per member.</summary>
    public static void WriteInputs(IReadOnlyList<EndpointEntry> entries, TextWriter output, Paint paint)
    {
        foreach (var entry in entries)
        {
            output.WriteLine(paint.Bold(entry.Id));
            output.WriteLine($"  {paint.Cyan(entry.Client)}  ({entry.Request ?? "JSON"} -> {entry.Result ?? "JSON"})");
            var width = entry.Inputs.Count == 0 ? 0 : entry.Inputs.Max(input => input.Name.Length);
            foreach (var input in entry.Inputs) output.WriteLine($"  {(input.IsRequired ? "*" : " ")} {input.Name.PadRight(width)}  {Describe(input)}");
            output.WriteLine();
        }
    }

    private static string Describe(InputEntry input)
    {
        var text = input.Values is { } values ? string.Join(" | ", values) : input.Type;
        if (input.Constraints is not null) text += "; " + input.Constraints;
        if (input.Default is not null) text += $" (server default: {input.Default})";
        if (input.Rules is not null) text += ". " + input.Rules;
        return text;
    }
}
