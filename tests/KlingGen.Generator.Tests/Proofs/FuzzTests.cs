using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Damaged documents: whatever they hold, the generator ends, soon, with code that the compiler takes or with a diagnostic.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>A guard against an endless loop, far above what a round takes on a busy machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <summary>What one document may emit; a bound on the work, which does not depend on the machine.</summary>
    private const int MaxEmittedCharacters = 8 * 1024 * 1024;

    private const string TooMuch = "more than 8 MB of code";

    [Fact]
    public void A_document_with_damaged_bytes_gives_code_or_a_diagnostic() => Fuzz(Mutations.Bytes, compile: false);

    [Fact]
    public void A_document_with_a_damaged_tree_gives_code_or_a_diagnostic() => Fuzz(Mutations.Structure, compile: false);

    [Fact]
    public void Code_of_a_document_with_a_damaged_tree_compiles_without_a_warning() => Fuzz(Mutations.Structure, compile: true);

    [TestDataFact]
    public void A_genuine_document_with_a_damaged_tree_gives_code_or_a_diagnostic()
    {
        var chosen = Corpus.Read("current", count: 15);
        output.WriteLine(Corpus.Count(chosen, "current"));
        Fuzz(Mutations.Structure, compile: false, [.. chosen.Select(document => (document.Key, document.GetText().ToString()))]);
    }

    private void Fuzz(Func<string, Random, string> damage, bool compile, List<(string Key, string Text)>? originals = null)
    {
        var documents = originals ?? Originals();
        var start = Driver.Compilation();
        _ = start.GetSpecialType(SpecialType.System_Object);
        var wrong = new ConcurrentBag<string>();
        var emitted = 0;
        var rounds = Rounds.CountOr(compile ? 60 : 200);
        Parallel.For(Rounds.FirstSeed, Rounds.FirstSeed + rounds, seed =>
        {
            var (key, original) = documents[seed % documents.Count];
            var text = damage(original, new Random(seed + (compile ? 100_000 : 0)));
            var watch = Stopwatch.StartNew();
            try
            {
                if (compile)
                {
                    var driver = Driver.Create([new SpecText(key, text)])
                        .RunGeneratorsAndUpdateCompilation(start, out var compilation, out var problems);
                    var outcome = new DriverOutcome(driver.GetRunResult(), compilation);
                    foreach (var complaint in outcome.CompilerComplaints.Take(2))
                        wrong.Add($"seed {seed} of {key}: {DriverOutcome.Describe(complaint)}");
                    foreach (var problem in problems.Where(problem => problem.Id is "KLG900" or "CS8785"))
                        wrong.Add($"seed {seed} of {key}: {problem}");
                    if (compilation.SyntaxTrees.Any()) Interlocked.Increment(ref emitted);
                    if (compilation.SyntaxTrees.Sum(tree => tree.Length) > MaxEmittedCharacters) wrong.Add($"seed {seed} of {key}: {TooMuch}");
                    return;
                }

                var reading = Pipeline.Read(key, text);
                var files = Pipeline.Emit(reading.Model);
                if (files.Count > 0) Interlocked.Increment(ref emitted);
                else if (reading.Problems.Count == 0 && reading.Model is not { Types.Count: 0 })
                    wrong.Add($"seed {seed} of {key}: neither code nor a diagnostic");
                if (files.Sum(file => file.Text.Length) > MaxEmittedCharacters) wrong.Add($"seed {seed} of {key}: {TooMuch}");
                foreach (var danger in EmittedShape.Dangers(EmittedShape.Parse(files)).Take(2)) wrong.Add($"seed {seed} of {key}: {danger}");
            }
            catch (Exception ex)
            {
                wrong.Add($"seed {seed} of {key}: {ex}");
            }

            if (watch.Elapsed > Hang) wrong.Add($"seed {seed} of {key}: {watch.Elapsed}");
        });

        output.WriteLine($"{rounds} damaged copies of {documents.Count} documents, {emitted} of them still give code");
        Assert.True(emitted > 0);
        Assert.True(
            wrong.IsEmpty,
            wrong.Count + " faults" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(25)));
    }

    /// <summary>The invented document and some bundled ones.</summary>
    private static List<(string Key, string Text)> Originals()
    {
        var documents = new List<(string Key, string Text)> { (InventedDocument.Key, InventedDocument.Text) };
        foreach (var key in (string[])["fal-ai/kling-video/v1/tts", "fal-ai/kling-video/v3/pro/image-to-video",
            "fal-ai/kling-video/v1.6/pro/elements", "fal-ai/kling-image/o1"])
            documents.Add((key, Pipeline.Bundled(key).Text));
        return documents;
    }
}
