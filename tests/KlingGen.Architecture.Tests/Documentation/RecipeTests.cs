using System.Text.RegularExpressions;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>Each path and type named in the recipes exists, so a reader finds every file of a checklist.</summary>
public sealed partial class RecipeTests
{
    private static readonly string[] Roots = ["generator", "runtime", "tests"];

    // Enums emitted for Kling, which the examples use.
    private static readonly string[] Emitted = ["Duration5Or10", "Duration5Or10Values"];

    [Fact]
    public void Paths_in_recipes_exist()
    {
        var paths = Spans().Where(span => Path().IsMatch(span)).ToHashSet(StringComparer.Ordinal);
        Assert.True(paths.Count > 25, $"Only {paths.Count} paths were found.");
        Assert.DoesNotContain(paths, path => !System.IO.Path.Exists(Repository.At(path)));
    }

    [Fact]
    public void Types_in_recipes_exist()
    {
        var types = Spans().Where(span => TypeName().IsMatch(span)).Except(Emitted, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        Assert.True(types.Count > 20, $"Only {types.Count} types were found.");
        var declared = Roots.SelectMany(root => Directory.EnumerateFiles(Repository.At(root), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(types, type => !declared.Contains(type));
    }

    private static IEnumerable<string> Spans()
        => Span().Matches(Repository.Read("generator", "docs", "RECIPES.md")).Select(match => match.Groups[1].Value);

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex(@"^(generator|runtime|specs|tests)/[\w./-]+$|^[A-Z]\w+\.(md|sln|props)$")]
    private static partial Regex Path();

    [GeneratedRegex("^I?[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum) (\w+)")]
    private static partial Regex Declaration();
}
