using System.Globalization;
using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>The tables of ARCHITECTURE.md that say how large the parts are and where things are.</summary>
public sealed class ArchitecturePageTests
{
    private static readonly string[] Lines = Repository.Read("generator", "docs", "ARCHITECTURE.md").ReplaceLineEndings("\n").Split('\n');

    [Fact]
    public void Parts_have_the_listed_number_of_lines()
    {
        foreach (var row in Parts())
        {
            var listed = int.Parse(row[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            var counted = Sources(row[0].Trim('`')).Sum(file => File.ReadLines(file).Count());
            Assert.True(Math.Abs(counted - listed) <= counted / 5, $"{row[0]} has {counted} lines, not {listed}.");
        }
    }

    [Fact]
    public void Parts_are_all_projects_and_the_folders_of_the_runtime()
    {
        var projects = new[] { "generator", "runtime" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'));
        var folders = Directory.EnumerateDirectories(Repository.At("runtime", "KlingGen.Runtime")).Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj")).Select(name => "runtime/KlingGen.Runtime/" + name);
        Assert.Equal(projects.Concat(folders).Order(), Parts().Select(row => row[0].Trim('`')).Order());
    }

    [Fact]
    public void Additions_to_the_runtime_have_the_listed_number_of_lines()
    {
        var runtime = Sources("runtime/KlingGen.Runtime").ToArray();
        foreach (var row in Rows("### Added to the runtime"))
        {
            var parts = row[1].Split(", ").Select(part => part.Trim('`')).ToArray();
            var files = parts.SelectMany(part => part.EndsWith(".cs", StringComparison.Ordinal)
                ? [runtime.Single(file => Path.GetFileName(file) == part)]
                : Sources("runtime/KlingGen.Runtime/" + part));
            var listed = int.Parse(row[3], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            var counted = files.Sum(file => File.ReadLines(file).Count());
            Assert.True(Math.Abs(counted - listed) <= counted / 5, $"{row[0]} has {counted} lines, not {listed}.");
        }
    }

    [Fact]
    public void Terms_are_found_first_in_the_named_file()
    {
        var rows = Rows("## Where is ...?");
        Assert.True(rows.Count >= 12, $"Only {rows.Count} terms are listed.");
        var sources = new[] { "generator", "runtime" }.SelectMany(Sources).Order(StringComparer.Ordinal).ToArray();
        foreach (var row in rows)
        {
            var summary = new Regex("^ *//+ (<summary>|<content>)?" + Regex.Escape(row[0]), RegexOptions.IgnoreCase);
            var first = sources.FirstOrDefault(file => File.ReadLines(file).Any(summary.IsMatch));
            Assert.True(first is not null, $"No summary starts with '{row[0]}'.");
            Assert.Equal(row[1].Trim('`'), Path.GetRelativePath(Repository.Root, first).Replace('\\', '/'));
        }
    }

    [Fact]
    public void Glossary_is_in_alphabetical_order()
    {
        var terms = Rows("## Glossary").Select(row => row[0]).ToArray();
        Assert.True(terms.Length >= 25, $"Only {terms.Length} terms are listed.");
        Assert.Equal(terms.Order(StringComparer.Ordinal), terms);
    }

    private static IEnumerable<string[]> Parts() => Rows("## Parts").Where(row => row[0].StartsWith('`'));

    /// <summary>The cells of the table in a section, without its head.</summary>
    private static List<string[]> Rows(string heading)
        => [.. Lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    private static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
