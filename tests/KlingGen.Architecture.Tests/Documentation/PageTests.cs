using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>The documentation: its links lead to files, its code is compiled, and README says first what a stranger asks first.</summary>
public sealed partial class PageTests
{
    // Pages whose code other tests compare, or whose code shows what other programs emit or a sketch of a design.
    private static readonly string[] ComparedElsewhere =
    [
        "CHANGELOG.md", "generator/docs/ARCHITECTURE.md", "generator/docs/DECISIONS.md", "generator/docs/RECIPES.md", "generator/docs/BENCHMARKS.md",
        "generator/docs/CRASHES.md", "generator/docs/COST.md", "generator/docs/EMULATOR.md", "generator/docs/SERIALIZATION.md",
        "generator/docs/CLI.md",
    ];

    [Fact]
    public void Links_lead_to_files_and_headings()
    {
        var broken = new List<string>();
        var checkedLinks = 0;
        foreach (var page in MarkdownPage.All)
        {
            foreach (var (target, anchor) in page.Links())
            {
                checkedLinks++;
                if (!Path.Exists(Repository.At(target))) broken.Add($"{page.Path}: {target}");
                else if (anchor.Length > 0 && target.EndsWith(".md", StringComparison.Ordinal) && !HasAnchor(target, anchor))
                    broken.Add($"{page.Path}: {target}#{anchor}");
            }
        }
        Assert.Empty(broken);
        Assert.True(checkedLinks > 100, $"Only {checkedLinks} links were found.");
    }

    [Fact]
    public void Code_blocks_stand_in_compiled_samples()
    {
        var samples = Directory.EnumerateFiles(Repository.At("tests", "Samples"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(file => Trimmed(File.ReadLines(file))).ToArray();
        var missing = new List<string>();
        var blocks = 0;
        foreach (var page in MarkdownPage.All.Where(page => page.Path.StartsWith("generator/docs/", StringComparison.Ordinal)
            || page.Path.Split('/') is ["runtime", _, "README.md"]))
        {
            if (page.Path.StartsWith("generator/docs/rules/", StringComparison.Ordinal) || ComparedElsewhere.Contains(page.Path)) continue;
            foreach (var (_, lines) in page.Blocks.Where(block => block.Language == "csharp"))
            {
                blocks++;

                // A directive may stand at the top of the sample, further from the code than on the page.
                var code = Trimmed(lines.SkipWhile(line => line.Length == 0 || UsingDirective().IsMatch(line)));
                if (!samples.Any(sample => sample.Contains(code, StringComparison.Ordinal))) missing.Add($"{page.Path}: {lines[0]}");
            }
        }
        Assert.Empty(missing);
        Assert.True(blocks > 10, $"Only {blocks} blocks were found.");
    }

    [Fact]
    public void Console_blocks_stand_in_recorded_transcripts()
    {
        var transcripts = Directory.EnumerateFiles(Repository.At("tests", "KlingGen.Cli.Tests", "Transcripts"), "*.txt")
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n")).ToArray();
        var blocks = MarkdownPage.All.SelectMany(page => page.Blocks.Where(block => block.Language == "console")
            .Select(block => (page.Path, Text: string.Join('\n', block.Lines)))).ToArray();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(
            transcripts.Any(transcript => transcript.Contains(block.Text, StringComparison.Ordinal)), $"{block.Path}: not recorded:\n{block.Text}"));
    }

    [Fact]
    public void Readme_answers_the_first_questions_in_forty_lines()
    {
        var lines = Repository.Read("README.md").ReplaceLineEndings("\n").Split('\n');
        Assert.InRange(lines.Length, 40, 150);
        var position = -1;
        string[] order =
        [
            "# KlingGen", "generated at compile time", "PackageReference", "FalEndpoints", "```csharp",
            "error KLG", "C# 11", "not run",
        ];
        foreach (var expected in order)
        {
            var line = Array.FindIndex(lines, text => text.Contains(expected, StringComparison.Ordinal));
            Assert.True(line > position, $"'{expected}' is on line {line + 1}, after line {position + 1} expected.");
            Assert.InRange(line, 0, 39);
            position = line;
        }
    }

    [Fact]
    public void Readme_has_a_line_for_every_page()
    {
        var linked = MarkdownPage.All.Single(page => page.Path == "README.md").Links().Select(link => link.Target).ToHashSet(StringComparer.Ordinal);
        var pages = MarkdownPage.All.Select(page => page.Path).Where(path => path.Split('/') is ["generator", "docs", _]).ToArray();
        Assert.True(pages.Length > 20, $"Only {pages.Length} pages were found.");
        Assert.Empty(pages.Except(linked));
    }

    [Fact]
    public void Errors_page_names_every_exception()
    {
        var page = Repository.Read("generator", "docs", "ERRORS.md");
        var exceptions = Directory.EnumerateFiles(Repository.At("runtime", "KlingGen.Runtime"), "PublicAPI.*.txt").SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("Fal.", StringComparison.Ordinal) && line.EndsWith("Exception", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf('.') + 1)..])
            .Where(name => name is not ("FalException" or "FalInvalidRequestException")).ToArray();
        Assert.True(exceptions.Length > 12, $"Only {exceptions.Length} exceptions were found.");
        Assert.All(exceptions, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingDirective();

    private static bool HasAnchor(string path, string anchor) => MarkdownPage.All.Single(page => page.Path == path).Anchors().Contains(anchor);

    private static string Trimmed(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim())).Trim();
}
