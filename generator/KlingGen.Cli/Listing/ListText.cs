using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Listing;

/// <summary>The list for people.</summary>
internal static class ListText
{
    /// <summary>Enums with more values are listed once, at the end.</summary>
    public const int LongestInline = 15;

    /// <summary>One line each.</summary>
    public static void WriteLines(IReadOnlyList<EndpointEntry> entries, TextWriter output, Paint paint)
    {
        var width = entries.Count == 0 ? 0 : entries.Max(entry => entry.Id.Length);
        foreach (var entry in entries) output.WriteLine(entry.Id.PadRight(width) + "  " + paint.Cyan(entry.Client));
    }

    /// <summary>A paragraph each, with a line per property and a block per type inside the request; enums with many values follow once.</summary>
    public static void WriteInputs(IReadOnlyList<EndpointEntry> entries, TextWriter output, Paint paint)
    {
        var choices = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            output.WriteLine(paint.Bold(entry.Id));
            output.WriteLine($"  {paint.Cyan(entry.Client)}  ({entry.Request ?? "JSON"} -> {entry.Result ?? "JSON"})");
            WriteInputs(entry.Inputs, "  ", output, choices);
            foreach (var type in entry.Types)
            {
                output.WriteLine("    " + paint.Cyan(type.Name));
                WriteInputs(type.Inputs, "      ", output, choices);
            }

            output.WriteLine();
        }

        foreach (var (name, values) in choices)
        {
            output.WriteLine($"{paint.Cyan(name)} is one of {values.Count}:");
            output.WriteLine("  " + string.Join(" | ", values));
            output.WriteLine();
        }
    }

    private static void WriteInputs(IReadOnlyList<InputEntry> inputs, string indent, TextWriter output, SortedDictionary<string,
        IReadOnlyList<string>> choices)
    {
        var width = inputs.Count == 0 ? 0 : inputs.Max(input => input.Name.Length);
        foreach (var input in inputs)
        {
            output.WriteLine($"{indent}{(input.IsRequired ? "*" : " ")} {input.Name.PadRight(width)}  {Describe(input)}");
            if (input.Values is { Count: > LongestInline }) choices.TryAdd(input.Choice!, input.Values);
        }
    }

    private static string Describe(InputEntry input)
    {
        var text = input.Words;
        if (input.Limits is not null) text += "; " + input.Limits;
        if (input.Default is not null) text += $" (server default: {input.Default})";
        if (input.Rules is not null) text += ". " + input.Rules;
        return text;
    }
}
