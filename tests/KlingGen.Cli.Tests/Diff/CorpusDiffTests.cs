using System.Text.RegularExpressions;
using KlingGen.Cli.Diff;
using KlingGen.Generator.Tests;
using Xunit.Abstractions;

namespace KlingGen.Cli.Tests.Diff;

public sealed partial class CorpusDiffTests(ITestOutputHelper output)
{
    /// <summary>Earlier snapshots against the newest, and the newest against the earlier ones: what tightens one way loosens the other.</summary>
    [TestDataFact]
    public void Genuine_documents_differ_as_the_compiler_and_the_checks_say()
    {
        var current = Corpus.ReadAll("current").ToDictionary(text => text.Key);
        var older = Corpus.ReadAll("older").Select(text => new SpecText(Date().Replace(text.Key, ""), text.GetText().ToString())).ToArray();
        var pairs = new List<Pair>();
        foreach (var old in older)
        {
            if (!current.TryGetValue(old.Key, out var @new)) continue;
            pairs.Add(new Pair(old.Key, [old], [@new]));
            pairs.Add(new Pair(old.Key + " backwards", [@new], [old]));
        }

        Assert.True(pairs.Count >= 90, $"only {pairs.Count} pairs");
        var proofs = CompilerProof.Run(pairs);
        foreach (var group in proofs.SelectMany(proof => proof.Changes).GroupBy(change => (change.Class, change.Kind))
            .OrderByDescending(group => group.Key.Class)
            .ThenByDescending(group => group.Count()))
            output.WriteLine($"{group.Count(),5} {group.Key.Class,-13} {group.Key.Kind}");
        output.WriteLine($"{pairs.Count} pairs, {proofs.Count(proof => proof.Changes.Count > 0)} differ, "
            + $"{proofs.Count(proof => proof.Changes.Any(change => change.Class == ChangeClass.Breaking))} break");

        string[] unexplained = [.. proofs.SelectMany(proof => proof.Unexplained.Select(use => proof.Name + ": " + use))];
        string[] unshown = [.. proofs.SelectMany(
            proof => proof.Unshown.Select(change => $"{proof.Name}: {change.Kind} {change.Place} {change.Message}"))];
        foreach (var line in unexplained) output.WriteLine("does not compile: " + line);
        foreach (var line in unshown) output.WriteLine("not shown: " + line);
        Assert.Empty(unexplained);
        Assert.Empty(unshown);
    }

    [GeneratedRegex("@[0-9-]+$")]
    private static partial Regex Date();
}
