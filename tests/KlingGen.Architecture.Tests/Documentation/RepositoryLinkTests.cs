using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KlingGen.Architecture.Tests.Documentation;

/// <summary>
/// Links from the product into this repository: one property says where it is, each link has the version's tag and leads to a file.
/// </summary>
public sealed partial class RepositoryLinkTests
{
    private static readonly XDocument Properties = XDocument.Load(Repository.At("Directory.Build.props"));

    private static readonly string Url = Properties.Descendants("RepositoryUrl").Single().Value;

    private static readonly string Files = $"{Url}/blob/v{Properties.Descendants("Version").Single().Value}/";

    [Fact]
    public void Constants_are_the_property_with_the_tag_of_the_version()
    {
        var links = Assembly.Load("KlingGen.Core").GetType("KlingGen.RepositoryLinks", throwOnError: true)!;
        Assert.Equal((Url, Files), (Constant("Url"), Constant("Files")));

        string Constant(string name) => (string)links.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;
    }

    [Fact]
    public void Product_names_the_repository_only_with_the_tag_and_every_path_exists()
    {
        var found = 0;
        foreach (var file in Sources())
        {
            var text = File.ReadAllText(file);
            var links = Literal().Matches(text).Select(match => match.Groups[1].Value)
                .Concat(Link().Matches(text).Where(match => match.Value.StartsWith(Url, StringComparison.Ordinal)).Select(match =>
                {
                    Assert.True(match.Value.StartsWith(Files, StringComparison.Ordinal), $"{file}: '{match.Value}' does not start with {Files}");
                    return match.Value[Files.Length..];
                }));
            foreach (var link in links)
            {
                found++;
                var parts = link.Split('#', 2);
                Assert.True(Path.Exists(Repository.At(parts[0])), $"{file}: there is no {parts[0]}");
                if (parts.Length == 2) Assert.Contains(parts[1], MarkdownPage.All.Single(page => page.Path == parts[0]).Anchors());
            }
        }
        Assert.True(found >= 3, $"Only {found} links were found.");
    }

    private static IEnumerable<string> Sources() => new[] { "runtime", "generator" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) is ".cs" or ".targets" or ".props"
            && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex("RepositoryLinks\\.Files \\+ \"([^\"]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("https://github\\.com/[^\\s\"<]+")]
    private static partial Regex Link();
}
