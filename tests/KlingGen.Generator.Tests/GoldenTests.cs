using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests;

/// <summary>What comes of small documents, to the letter. See Goldens/README.md.</summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "KlingGen.Generator.Tests", "Goldens");

    public static TheoryData<string> Cases
        => [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_emitted_code_is_as_expected(string name)
    {
        var actual = Emit(name);
        var expected = Path.Combine(Folder, name, "expected");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1") Rewrite(expected, actual);
        Assert.Equal(actual.Keys, Files(expected).Select(path => Path.GetFileName(path)!));
        Assert.All(actual, file => Assert.Equal(File.ReadAllText(Path.Combine(expected, file.Key)), file.Value));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_expected_code_compiles_without_a_warning(string name)
    {
        var options = Driver.Parse(LanguageVersion.CSharp11);
        var trees = Files(Path.Combine(Folder, name, "expected"))
            .Select(path => CSharpSyntaxTree.ParseText(NullableWarnings.TurnOn(File.ReadAllText(path)), options, path)).ToArray();
        Assert.NotEmpty(trees);
        var complaints = Driver.Compilation().AddSyntaxTrees(trees).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(complaints.Select(Outcome));
    }

    private static string Outcome(Diagnostic diagnostic) => DriverOutcome.Describe(diagnostic);

    private static SortedDictionary<string, string> Emit(string name)
    {
        var specs = Directory.GetFiles(Path.Combine(Folder, name), "spec*.json").Order(StringComparer.Ordinal)
            .Select(path => new SpecText(IdOf(File.ReadAllText(path)), File.ReadAllText(path)));
        var outcome = Driver.Run(specs).Clean();
        Assert.Empty(outcome.Problems);
        return new SortedDictionary<string, string>(
            outcome.Result.Results[0].GeneratedSources
                .ToDictionary(source => source.HintName, source => Scrub(source.SourceText.ToString())), StringComparer.Ordinal);
    }

    /// <summary>The version changes with every release, and that is no change of the emitted code.</summary>
    private static string Scrub(string text) => Regex.Replace(text, """GeneratedCode\("KlingGen", "[^"]*"\)""", """GeneratedCode("KlingGen", "0")""");

    private static string IdOf(string document)
        => JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name.Trim('/'))
            .Single(path => !path.Contains('{', StringComparison.Ordinal));

    private static string[] Files(string folder)
        => Directory.Exists(folder) ? [.. Directory.GetFiles(folder).OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal)] : [];

    private static void Rewrite(string folder, SortedDictionary<string, string> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var path in Files(folder)) File.Delete(path);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
    }
}
