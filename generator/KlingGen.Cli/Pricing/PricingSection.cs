using System.Globalization;
using System.Text.RegularExpressions;

namespace KlingGen.Cli.Pricing;

/// <summary>Reads fal's text page of an endpoint, whose section "Pricing" has a sentence or two.</summary>
internal static partial class PricingSection
{
    /// <summary>The amounts of dollars in the section, in order; empty if there is none.</summary>
    public static IReadOnlyList<decimal> Amounts(string page)
    {
        var start = Heading().Match(page);
        if (!start.Success) return [];
        var section = page[(start.Index + start.Length)..];
        var next = section.IndexOf("\n## ", StringComparison.Ordinal);
        if (next >= 0) section = section[..next];
        return [.. Amount().Matches(section).Select(match => decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct()];
    }

    [GeneratedRegex(@"^## Pricing\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\$\s?(\d{1,9}(?:\.\d{1,9})?)", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
