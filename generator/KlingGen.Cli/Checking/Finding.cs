using System.Globalization;
using KlingGen.Specs;

namespace KlingGen.Cli.Checking;

/// <summary>Something to say about a document.</summary>
/// <param name="Rule">What sort of thing.</param>
/// <param name="Place">Where.</param>
/// <param name="Message">What exactly.</param>
internal sealed record Finding(SpecRule Rule, SpecPlace Place, string Message)
{
    public static Finding Of(SpecProblem problem)
    {
        var rule = SpecRules.For(problem.Kind);
        object[] arguments = [.. problem.Arguments];
        return new Finding(rule, problem.Place, string.Format(CultureInfo.InvariantCulture, rule.Message, arguments));
    }
}
