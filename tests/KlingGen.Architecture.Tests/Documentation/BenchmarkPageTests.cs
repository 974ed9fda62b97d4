using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>The page of benchmarks has a pair of markers for every row that the command measures, in the same order.</summary>
public sealed partial class BenchmarkPageTests
{
    [Fact]
    public void Markers_of_the_page_are_the_rows_of_the_command()
    {
        var rows = Row().Matches(Repository.Read("tests", "KlingGen.Benchmarks", "Report.cs")).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(rows.Length > 5, $"Only {rows.Length} rows were found.");
        var page = Repository.Read("generator", "docs", "BENCHMARKS.md");
        // The command fills the line about the machine as well.
        string[] expected = [.. rows.Prepend("machine").SelectMany(row => new[] { $"row {row}", $"end {row}" })];
        Assert.Equal(expected, Marker().Matches(page).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex("new Row\\(\"([a-z-]+)\"")]
    private static partial Regex Row();

    [GeneratedRegex("<!-- ((?:row|end) [a-z-]+) -->")]
    private static partial Regex Marker();
}
