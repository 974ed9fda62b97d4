using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>One Markdown file of the repository, split into fenced blocks and the lines outside them.</summary>
internal sealed partial class MarkdownPage
{
    /// <summary>Where the repository's files are shown on the web; links of packages' READMEs are absolute.</summary>
    private const string Web = "https://github.com/klinggen/klinggen/blob/main/";

    private MarkdownPage(string path)
    {
        Path = path;
        List<string>? block = null;
        var language = "";
        foreach (var line in Repository.Read(path).ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (block ?? Prose).Add(line);
                continue;
            }
            if (block is null)
            {
                block = [];
                language = line.Trim()[3..];
                continue;
            }
            Blocks.Add((language, block));
            block = null;
        }
        if (block is not null) throw new InvalidDataException($"{path}: a fenced block has no end.");
    }

    /// <summary>The path below the root, with slashes.</summary>
    public string Path { get; }

    /// <summary>Lines outside fenced blocks.</summary>
    public List<string> Prose { get; } = [];

    /// <summary>Fenced blocks with their language.</summary>
    public List<(string Language, List<string> Lines)> Blocks { get; } = [];

    /// <summary>All Markdown files of the repository, without those of test data, builds and packages.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" or ".git" or "Goldens"))
            .Order(StringComparer.Ordinal)
            .Select(path => new MarkdownPage(path)),
    ];

    /// <summary>The targets of links that lead to files of this repository: the path below the root, and the anchor.</summary>
    public IEnumerable<(string Target, string Anchor)> Links()
    {
        foreach (Match match in Link().Matches(string.Join('\n', Prose)))
        {
            var target = match.Groups[1].Value;
            if (target.StartsWith(Web, StringComparison.Ordinal)) target = "/" + target[Web.Length..];
            else if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            var parts = target.Split('#', 2);
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            var path = parts[0] switch
            {
                "" => Path,
                ['/', .. var rooted] => rooted,
                var relative => System.IO.Path.GetRelativePath(Repository.Root, Repository.At(folder, relative)).Replace('\\', '/'),
            };
            yield return (path, parts.Length > 1 ? parts[1] : "");
        }
    }

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public HashSet<string> Anchors() => [.. Prose.Where(line => line.StartsWith('#')).Select(line => Slug(line.TrimStart('#').Trim()))];

    private static string Slug(string heading)
        => string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
