using System.Reflection;
using System.Text.RegularExpressions;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Generator.Tests.Diagnostics;

/// <summary>
/// A diagnostic is a descriptor, a row in the release notes, a page, and a class of tests. Those of the analyzers are
/// no exception.
/// </summary>
public sealed class RuleBookTests
{
    private static readonly DiagnosticDescriptor[] All =
        [.. typeof(Descriptors).Assembly.GetTypes().Where(type => type.Namespace == typeof(Descriptors).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Static
                | BindingFlags.Public)).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly string[] Parts = ["## Cause", "## Reason", "## How to fix", "## Not reported", "## How to suppress"];

    public static TheoryData<string> Ids => [.. All.Select(rule => rule.Id)];

    [Fact]
    public void Every_id_is_used_once() => Assert.Equal(All.Select(rule => rule.Id).Distinct(), All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page_with_five_parts(string id)
    {
        var page = Repository.Read("generator", "docs", "rules", id + ".md");
        Assert.StartsWith("# " + id + ": " + Of(id).Title + "\n", page, StringComparison.Ordinal);
        var places = Parts.Select(part => page.IndexOf(part + "\n", StringComparison.Ordinal)).ToArray();
        Assert.All(places, place => Assert.True(place > 0));
        Assert.Equal(places.Order(), places);
        Assert.Equal(Parts.Length, Regex.Count(page, "^## ", RegexOptions.Multiline));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_description_of_its_own(string id)
    {
        var description = Of(id).Description.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.EndsWith(".", description, StringComparison.Ordinal);
        Assert.NotEqual(Of(id).MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture), description);
        Assert.Single(All, rule => rule.Description.Equals(Of(id).Description));
    }

    [Fact]
    public void Every_diagnostic_that_is_reported_is_one_of_the_descriptors()
    {
        var reported = typeof(Descriptors).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .ToArray();
        Assert.NotEmpty(reported);
        Assert.All(reported, rule => Assert.Contains(rule, All));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_page_names_the_severity_and_the_line_for_editorconfig(string id)
    {
        var page = Repository.Read("generator", "docs", "rules", id + ".md");
        Assert.Contains("Severity: " + Of(id).DefaultSeverity.ToString().ToLowerInvariant(), page, StringComparison.Ordinal);
        Assert.Contains(id, page[page.IndexOf(Parts[4], StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_lists_every_page_and_no_other()
    {
        var index = Repository.Read("generator", "docs", "rules", "README.md");
        Assert.Equal(All.Select(rule => rule.Id), Regex.Matches(index, @"\[(KLG\d{3})\]\(\1\.md\)").Select(match => match.Groups[1].Value));
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "generator", "docs", "rules"), "KLG*.md");
        Assert.Equal(All.Select(rule => rule.Id), pages.Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_release_row_with_its_severity(string id)
    {
        var severity = Of(id).IsEnabledByDefault ? Of(id).DefaultSeverity.ToString() : "Disabled";
        Assert.Contains($"\n{id} | {Of(id).Category} | {severity} | {Of(id).Title}\n", Rows, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_off_says_so_on_its_page_and_in_its_row()
    {
        Assert.All(All.Where(rule => !rule.IsEnabledByDefault), rule =>
        {
            Assert.Contains("off by default", Repository.Read("generator", "docs", "rules", rule.Id + ".md"), StringComparison.Ordinal);
            Assert.Contains($"\n{rule.Id} | {rule.Category} | Disabled | {rule.Title}\n", Rows, StringComparison.Ordinal);
        });
    }

    /// <summary>Rules about documents and about the generator itself; those of analyzers have their tests beside the analyzers' tests.</summary>
    [Fact]
    public void Every_rule_of_the_generator_has_a_class_of_tests()
        => RuleTests.AssertExist(typeof(RuleBookTests).Assembly, All.Select(rule => rule.Id).Where(id => id[3] is '0' or '9'));

    [Fact]
    public void Every_kind_of_problem_has_a_rule_of_its_own()
    {
        var rules = Enum.GetValues<SpecDiagnosticKind>().Select(kind => Descriptors.For(kind).Id).ToArray();
        Assert.Equal(rules.Distinct(), rules);
        Assert.Equal(rules, Enum.GetValues<SpecDiagnosticKind>().Select(kind => DiagnosticRules.For(kind).Id));
    }

    private static string Rows
        => Repository.Read("generator", "KlingGen.Generator", "AnalyzerReleases.Shipped.md")
            + Repository.Read("generator", "KlingGen.Generator", "AnalyzerReleases.Unshipped.md");

    private static DiagnosticDescriptor Of(string id) => All.Single(rule => rule.Id == id);
}
