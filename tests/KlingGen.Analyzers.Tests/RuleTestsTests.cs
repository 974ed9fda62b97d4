namespace KlingGen.Analyzers.Tests;

public sealed class RuleTestsTests
{
    [Fact]
    public void Every_rule_of_an_analyzer_has_a_class_of_tests()
    {
        var ids = Analyze.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct();
        RuleTests.AssertExist(typeof(RuleTestsTests).Assembly, ids);
    }
}
