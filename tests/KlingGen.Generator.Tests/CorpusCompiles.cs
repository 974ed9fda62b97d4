using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests;

public sealed class CorpusCompiles(ITestOutputHelper output)
{
    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void All_genuine_documents_together_compile_without_a_warning(string part)
    {
        var documents = Corpus.Read(part);
        var outcome = Driver.Run(documents).Clean();
        Assert.NotEmpty(documents);
        var sources = outcome.Result.Results[0].GeneratedSources;
        output.WriteLine($"{Corpus.Count(documents, part)}, {sources.Length} files, {sources.Sum(source => source.SourceText.Lines.Count)} lines");
        foreach (var group in outcome.Problems.GroupBy(problem => problem.Id).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key}: {group.Count()}");
        Assert.DoesNotContain(outcome.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }
}
