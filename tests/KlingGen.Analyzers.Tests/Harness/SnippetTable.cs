using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Analyzers.Tests;

/// <summary>
/// Runs every analyzer over a table of snippets, one per line, in one compilation: each snippet is a method's body, or members if it starts
/// with a modifier. What is
/// marked must be reported and nothing else may be. <c>CLIP{</c> begins a request that lacks nothing, <c>SUBMIT</c> submits one, <c>KEY</c> is a key.
/// </summary>
internal static partial class SnippetTable
{
    /// <param name="table">The snippets; empty lines and those that start with <c>//</c> are for the reader.</param>
    /// <param name="origin">Where the emitted types come from.</param>
    /// <param name="options">MSBuild properties that the compiler sees.</param>
    public static async Task Check(string table, Origin origin, params (string Name, string Value)[] options)
    {
        var rows = Rows(table);
        var marked = new StringBuilder(Usings);
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            var code = KeyWord().Replace(row, Key)
                .Replace("CLIP{", "new ClipRequest { Prompt = \"x\", Title = \"x\", ", StringComparison.Ordinal)
                .Replace("SUBMIT", "endpoint.SubmitAsync(request, null, token)", StringComparison.Ordinal);
            marked.Append(CultureInfo.InvariantCulture, $"public static class S{i} {{ {(IsMembers(code) ? code : Method + code + " }")} }}\n");
        }

        var markup = Markup.Parse(marked.ToString());
        var found = await Run(markup.Text, origin, options);
        var problems = new StringBuilder();
        var lines = markup.Text.Split('\n');
        var position = 0;
        foreach (var line in lines)
        {
            var expected = Show(markup.Text, position, line, markup.Expected);
            var reported = Show(markup.Text, position, line, found.Select(one => (one.Id, one.Location.SourceSpan)));
            if (expected != reported) problems.AppendLine(line).AppendLine("    expected: " + expected).AppendLine("    reported: " + reported);
            position += line.Length + 1;
        }

        Assert.True(problems.Length == 0, problems.ToString());
    }

    /// <summary>The snippets of a table.</summary>
    public static IReadOnlyList<string> Rows(string table)
        => [.. table.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))];

    private static string Show(string text, int start, string line, IEnumerable<(string Id, TextSpan Span)> marks) => string.Join(
        "; ",
        marks.Where(mark => mark.Span.Start >= start && mark.Span.Start <= start + line.Length)
            .OrderBy(mark => mark.Span.Start)
            .ThenBy(mark => mark.Id, StringComparer.Ordinal)
            .Select(mark => $"{mark.Id} at {text.Substring(mark.Span.Start, mark.Span.Length)}"));

    /// <summary>Made up, in the shape of fal's keys.</summary>
    private const string Key = "\"0f9c2a7e-51d3-4b86-9e07-c4a1d8b35f62:7d1e94b0c8a35f26e0b79d41c3f8a652\"";

    private const string Usings = """
        using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Diagnostics.CodeAnalysis;
        using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;
        using Fal; using Fal.Acme.Lumen; using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http; using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Configuration; using Microsoft.Extensions.DependencyInjection; using Xunit; using NSubstitute;

        """;

    private const string Method
        = "public static async Task Run(FalClient fal, ClipClient endpoint, ClipRequest request, StoryRequest story, "
            + "bool some, int number, string text, string? maybe, WebApplication app, IServiceCollection services, CancellationToken token) "
            + "{ await Task.Yield(); ";

    [GeneratedRegex(@"\bKEY\b")]
    private static partial Regex KeyWord();

    private static bool IsMembers(string code)
        => new[] { "public ", "private ", "class ", "record ", "struct ", "static ", "sealed ", "abstract ",
            "interface " }.Any(word => code.StartsWith(word, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<Diagnostic>> Run(string text, Origin origin, (string Name, string Value)[] properties)
    {
        var compilation = Analyze.Compile(text, origin).AddSyntaxTrees(CSharpSyntaxTree.ParseText(WebStubs.Text, EmittedTypes.Parse, "/user/Web.cs"));
        var tree = compilation.SyntaxTrees[0];
        var errors = compilation.GetDiagnostics()
            .Where(one => one.Severity == DiagnosticSeverity.Error && !one.Id.StartsWith("KLG", StringComparison.Ordinal))
            .ToArray();
        var source = tree.GetText();
        Assert.True(
            errors.Length == 0,
            string.Join(Environment.NewLine,
                errors.Take(8).Select(error => error + " in " + source.Lines.GetLineFromPosition(error.Location.SourceSpan.Start))));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([new Analyze.BuildFacts()], new GlobalProperties(properties)),
            (fault, _, _) => throw new InvalidOperationException("An analyzer failed.", fault),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(Analyze.All, options)
            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None);
        Assert.DoesNotContain(found, one => one.Id == "AD0001");
        return [.. found.Where(one => one.Location.SourceTree == tree)];
    }

    private sealed class GlobalProperties((string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties.ToDictionary(one => "build_property." + one.Name,
            one => one.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        // The attribute that the base carries exists twice here: in the framework and among the generator's own stand-ins for it.
#pragma warning disable CS8765
        public override bool TryGetValue(string key, out string? value) => values.TryGetValue(key, out value);
    }
}
