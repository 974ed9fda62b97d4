using System.Globalization;
using Fal;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Batch;

/// <summary>What the jobs of a batch may cost together.</summary>
internal sealed class BatchEstimate
{
    private readonly SortedDictionary<string, Sum> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The number of jobs.</summary>
    public int Count => _endpoints.Values.Sum(sum => sum.Count);

    /// <summary>The most that the jobs of known cost may cost.</summary>
    public decimal Maximum => _endpoints.Values.Sum(sum => sum.Maximum);

    /// <summary>The least that they may cost.</summary>
    public decimal Minimum => _endpoints.Values.Sum(sum => sum.Minimum);

    /// <summary>How many jobs have a cost that the price list does not know.</summary>
    public int Unknown => _endpoints.Values.Sum(sum => sum.Unknown);

    /// <summary>Counts a job.</summary>
    public void Add(string endpointId, FalCostEstimate cost)
    {
        if (!_endpoints.TryGetValue(endpointId, out var sum)) _endpoints[endpointId] = sum = new Sum();
        sum.Count++;
        sum.Minimum += cost.Minimum ?? 0;
        sum.Maximum += cost.Maximum ?? 0;
        if (cost.IsKnown) return;
        sum.Unknown++;
        sum.Reason ??= cost.Reason;
    }

    /// <summary>Says the estimate per endpoint and its sum.</summary>
    public void Say(ToolConsole console)
    {
        foreach (var (id, sum) in _endpoints)
        {
            var known = sum.Unknown < sum.Count ? Money(sum.Minimum, sum.Maximum) : "";
            var unknown = sum.Unknown == 0 ? "" : $"{ReportText.Count(sum.Unknown, "job")} of unknown cost ({sum.Reason?.TrimEnd('.')})";
            var and = known.Length > 0 && unknown.Length > 0 ? ", and " : "";
            console.Say($"  {ReportText.Count(sum.Count, "job")} of {id}: {known}{and}{unknown}");
        }
        console.Say("estimate " + this);
    }

    /// <summary>The sum in one line.</summary>
    public override string ToString()
        => $"{Money(Minimum, Maximum)} for {ReportText.Count(Count, "job")}"
            + $"{(Unknown == 0 ? "" : $", of which {ReportText.Count(Unknown, "job")} of unknown cost")}";

    private static string Money(decimal minimum, decimal maximum)
        => minimum == maximum ? string.Create(CultureInfo.InvariantCulture, $"{maximum:0.####} {FalPriceList.Bundled.Currency}")
            : string.Create(CultureInfo.InvariantCulture, $"{minimum:0.####} to {maximum:0.####} {FalPriceList.Bundled.Currency}");

    private sealed class Sum
    {
        public int Count { get; set; }

        public decimal Minimum { get; set; }

        public decimal Maximum { get; set; }

        public int Unknown { get; set; }

        public string? Reason { get; set; }
    }
}
