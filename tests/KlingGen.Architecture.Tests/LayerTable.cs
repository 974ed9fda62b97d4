using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests;

/// <summary>The table of layers in generator/docs/ARCHITECTURE.md: one row per project, its layers from the lowest to the highest.</summary>
internal sealed partial class LayerTable
{
    private LayerTable(IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> rows) => Rows = rows;

    /// <summary>The layers of each project: folders of a later layer may use folders of earlier layers, and no folder of their own layer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Rows { get; }

    public static LayerTable Read(string markdown)
    {
        var rows = new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>();
        var section = markdown.ReplaceLineEndings("\n").Split("\n## Layers\n")[1].Split("\n## ")[0];
        foreach (var line in section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Trim('|').Split('|');
            rows.Add(Quoted(cells[0]).Single(), [.. cells[1].Split('←').Select(Quoted)]);
        }
        return new LayerTable(rows);
    }

    /// <summary>The number of the layer that holds a folder, or null where the table does not name the folder.</summary>
    public int? LayerOf(string project, string folder)
    {
        var layers = Rows[project];
        for (var i = 0; i < layers.Count; i++)
            if (layers[i].Contains(folder)) return i;
        return null;
    }

    private static string[] Quoted(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
