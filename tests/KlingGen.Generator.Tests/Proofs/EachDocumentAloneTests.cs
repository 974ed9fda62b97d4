using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Every genuine document in a project of its own, with every warning on.</summary>
public sealed class EachDocumentAloneTests(ITestOutputHelper output)
{
    /// <summary>Documents whose references lead nowhere. They are warned about, and the rest of them works.</summary>
    private static readonly string[] Dangling =
    [
        "fal-ai/wan-ati", "fal-ai/wan-move", "openrouter/router/openai/v1/embeddings", "perceptron/isaac-01/openai/v1/chat/completions",
    ];

    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void Each_document_compiles_without_error_or_warning_alone(string part)
    {
        var documents = Corpus.Read(part);
        Assert.NotEmpty(documents);

        var start = Driver.Compilation();
        var counts = new ConcurrentBag<(int Files, int Types, int Members, int Lines)>();
        var faults = new ConcurrentBag<string>();
        var problems = new ConcurrentBag<(string Document, string Id)>();
        Parallel.ForEach(documents, document =>
        {
            var driver = Driver.Create([document]).RunGeneratorsAndUpdateCompilation(start, out var compilation, out _);
            var outcome = new DriverOutcome(driver.GetRunResult(), compilation);
            if (outcome.Result.Results[0].Exception is { } exception) faults.Add(document.Key + ": " + exception);
            foreach (var complaint in outcome.CompilerComplaints) faults.Add(document.Key + ": " + DriverOutcome.Describe(complaint));
            foreach (var problem in outcome.Problems)
            {
                problems.Add((document.Key, problem.Id));
                if (problem.Severity == DiagnosticSeverity.Error) faults.Add(document.Key + ": " + problem);
            }

            if (compilation.SyntaxTrees.Any()) counts.Add(Count(compilation.SyntaxTrees));
            else faults.Add(document.Key + ": nothing was emitted");
        });

        output.WriteLine($"{Corpus.Count(documents, part)} alone: {counts.Sum(count => count.Files)} files, "
            + $"{counts.Sum(count => count.Types)} types, {counts.Sum(count => count.Members)} members, {counts.Sum(count => count.Lines)} lines");
        foreach (var group in problems.GroupBy(problem => problem.Id).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key}: {group.Count()} in {group.Select(problem => problem.Document).Distinct().Count()} documents");
        Assert.True(faults.IsEmpty, string.Join(Environment.NewLine, faults.Order().Take(30)));
        Assert.Equal(documents.Count, counts.Count);
        var dangling = problems.Where(problem => problem.Id == "KLG003").Select(problem => problem.Document).Distinct().Order(StringComparer.Ordinal);
        output.WriteLine("References that lead nowhere: " + string.Join(", ", dangling));
        var expected = Dangling.Intersect(documents.Select(document => document.Key)).Order(StringComparer.Ordinal);
        if (part == "current") Assert.Equal(expected, dangling);
    }

    /// <summary>What a user of the emitted code finds: what is public, and the values of enums.</summary>
    private static (int Files, int Types, int Members, int Lines) Count(IEnumerable<SyntaxTree> trees)
    {
        var (files, types, members, lines) = (0, 0, 0, 0);
        foreach (var tree in trees)
        {
            files++;
            lines += tree.GetText().Lines.Count;
            foreach (var node in tree.GetRoot().DescendantNodes(node => node is not (BlockSyntax or ExpressionSyntax)))
            {
                if (node is EnumMemberDeclarationSyntax) members++;
                else if (node is not MemberDeclarationSyntax member || !member.Modifiers.Any(SyntaxKind.PublicKeyword)) continue;
                else if (member is BaseTypeDeclarationSyntax) types++;
                else members++;
            }
        }

        return (files, types, members, lines);
    }
}
