using KlingGen.Analyzers.Usage;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Analyzers.Tests.Suppression;

/// <summary>The SDK's own analyzers over user code, with our suppressor beside them.</summary>
public sealed class SuppressorTests
{
    [Theory]
    [InlineData(
        """_ = new ClipRequest { Prompt = "x", Title = "x" }.Mode.GetValueOrDefault() switch { ClipMode.Draft => 1, ClipMode.Final => 2 };""",
        "CS8524")]
    [InlineData("""_ = FalMedia.FromUrl("https://example.com/a.png");""", "CA2234")]
    [InlineData("""await new ClipClient(fal).RunAsync(new ClipRequest { Prompt = "x", Title = "x" });""", "CA2016")]
    public async Task What_only_our_own_pattern_brings_about_is_taken_back(string statement, string id)
        => Assert.True(Assert.Single(await Run(Analyze.WholeFile(statement, Origin.Library), id)).IsSuppressed);

    [Fact]
    public async Task A_part_that_is_added_to_an_emitted_type_bears_its_name()
    {
        var found = await Run(
            """
            namespace Fal.Acme.Lumen { public sealed partial record Film_1 { } public sealed partial record Mine_1 { } }
            namespace Fal.Acme.Lumen { [System.CodeDom.Compiler.GeneratedCode("KlingGen", "0")] partial record Film_1; }
            """, "CA1707");
        Assert.Equal(2, found.Count);
        Assert.Equal([true, false], found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.IsSuppressed));
    }

    [Theory]
    [InlineData("_ = DayOfWeek.Monday switch { DayOfWeek.Monday => 1, DayOfWeek.Tuesday => 2, DayOfWeek.Wednesday => 3, DayOfWeek.Thursday => 4, "
        + "DayOfWeek.Friday => 5, DayOfWeek.Saturday => 6, DayOfWeek.Sunday => 7 };", "CS8524")]
    [InlineData("""_ = new ClipRequest { Prompt = "x", Title = "x" }.Mode.GetValueOrDefault() switch { ClipMode.Draft => 1 };""", "CS8509")]
    [InlineData("""new System.Net.Http.HttpClient().GetAsync("https://example.com/a.png", token).Wait(token);""", "CA2234")]
    [InlineData("await File.ReadAllTextAsync(text);", "CA2016")]
    public async Task What_is_said_with_reason_stays(string statement, string id)
        => Assert.False(Assert.Single(await Run(Analyze.WholeFile(statement, Origin.Library), id)).IsSuppressed);

    [Fact]
    public void Each_suppression_says_why_and_is_listed()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "generator", "docs", "rules", "README.md"));
        var all = new EmittedCodeSuppressor().SupportedSuppressions;
        Assert.Equal(4, all.Length);
        Assert.All(all, suppression =>
        {
            Assert.True(suppression.Justification.ToString(System.Globalization.CultureInfo.InvariantCulture).Length > 40);
            Assert.Contains($"| {suppression.Id} | {suppression.SuppressedDiagnosticId} |", page, StringComparison.Ordinal);
        });
    }

    private static async Task<IReadOnlyList<Diagnostic>> Run(string text, string id)
    {
        var compilation = Analyze.Compile(text, Origin.Library, id);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. Sdk.Value, new EmittedCodeSuppressor()];
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        return [.. (await compilation.WithAnalyzers(analyzers, options).GetAllDiagnosticsAsync()).Where(
            diagnostic => diagnostic.Id == id && diagnostic.Location.SourceTree?.FilePath == "/user/Program.cs")];
    }

    /// <summary>The analyzers that every build with this SDK runs, of which some are off by default.</summary>
    private static readonly Lazy<DiagnosticAnalyzer[]> Sdk = new(() => [.. FindSdkAnalyzers()]);

    private static IEnumerable<DiagnosticAnalyzer> FindSdkAnalyzers()
    {
        var sdks = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk");
        var folder = Path.Combine(
            Directory.GetDirectories(sdks).MaxBy(sdk => Version.TryParse(Path.GetFileName(sdk), out var version) ? version : new Version(0, 0))!,
            "Sdks",
            "Microsoft.NET.Sdk",
            "analyzers");
        foreach (var name in new[] { "Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll" })
        {
            var assembly = Assembly.LoadFrom(Path.Combine(folder, name));
            foreach (var type in assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer))
                && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } mark
                && mark.Languages.Contains(LanguageNames.CSharp)))
            {
                var analyzer = (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
                if (analyzer.SupportedDiagnostics.Any(rule => rule.Id is "CA1707" or "CA2234" or "CA2016")) yield return analyzer;
            }
        }
    }
}
