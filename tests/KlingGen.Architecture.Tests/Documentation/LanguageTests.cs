using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>The parts of the writing rules in CONTRIBUTING that a machine can check.</summary>
public sealed partial class LanguageTests
{
    private static readonly string[] Sources =
    [
        .. Files("runtime", "*.cs"), .. Files("generator", "*.cs"), .. Files("generator", "*.targets"), .. Files("generator", "*.props"),
        .. Files("tests", "*.cs").Where(file => Path.GetFileName(file) != "LanguageTests.cs"),
    ];

    [Fact]
    public void Texts_use_none_of_the_replaced_words()
    {
        Assert.True(Sources.Length > 300, $"Only {Sources.Length} files were found.");
        var pages = MarkdownPage.All.Select(page => Repository.At(page.Path));
        var found = Sources.Concat(pages)
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (File: file, Line: index + 1, Text: line)))
            .Where(place => Replaced().IsMatch(place.Text))
            .Select(place => $"{Path.GetRelativePath(Repository.Root, place.File)}:{place.Line}: {place.Text.Trim()}");
        Assert.Empty(found);
    }

    [Fact]
    public void Prose_wraps_at_120_columns()
    {
        // A test writes the catalogue; the release notes of analyzers have a form of their own.
        var pages = MarkdownPage.All
            .Where(page => page.Path != "specs/README.md" && !page.Path.Contains("AnalyzerReleases", StringComparison.Ordinal));
        var longLines = pages.SelectMany(page => page.Prose.Select(line => (page.Path, Line: line)))
            .Where(place => place.Line.Length > 120 && !place.Line.TrimStart().StartsWith('|'));
        Assert.Empty(longLines);
    }

    private static IEnumerable<string> Files(string folder, string pattern)
        => Directory.EnumerateFiles(Repository.At(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    // Between letters, so that the names of tests count as well, whose words are separated by underscores.
    [GeneratedRegex("(?<![a-z])(somebody|nobody|whoever|anybody|anew|amiss|thereof|of[ _]ours)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Replaced();
}
