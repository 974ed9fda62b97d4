using System.Text.Json;
using KlingGen.Cli.Tests.Harness;
using Xunit.Abstractions;

namespace KlingGen.Cli.Tests.Commands;

public sealed class CheckCorpusTests(ITestOutputHelper output)
{
    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public async Task Every_genuine_document_is_read_by_all_three_readers(string part)
    {
        var folder = TestData.At("corpus/" + part);
        var run = await ToolRun.Of("check", folder, "--severity", "info", "--format", "json");
        var rules = JsonDocument.Parse(run.Out).RootElement.EnumerateArray().GroupBy(diagnostic => diagnostic.GetProperty("rule").GetString()!)
            .ToDictionary(group => group.Key, group => group.Count());
        output.WriteLine(
            run.Error + string.Join(", ", rules.OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => $"{rule.Key} {rule.Value} times")));

        Assert.Equal(rules.Count == 0 ? 0 : 1, run.Code);
        Assert.StartsWith($"{Directory.GetFiles(folder, "*.json").Length} documents: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("KLG900", rules.Keys);
        Assert.DoesNotContain("KLT001", rules.Keys);
    }
}
