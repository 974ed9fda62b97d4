using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Fal.Tests.Telemetry;

/// <summary>docs/TELEMETRY.md lists what the code has, and nothing else.</summary>
public sealed partial class DocumentedNamesTests
{
    private static readonly string Page = Repository.Read("generator", "docs", "TELEMETRY.md");

    [Fact]
    public void Every_instrument_is_in_the_table_with_its_unit()
    {
        var published = new SortedSet<string>(StringComparer.Ordinal);
        using var fal = FalTesting.CreateClient(static run => run.CompleteJson("{}"));
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == FalDiagnostics.MeterName) published.Add($"{instrument.Name} {instrument.Unit}");
            },
        };
        listener.Start();
        FalDiagnostics.RecordJobEnd(new FalWebhook { RequestId = Guid.NewGuid().ToString(), Status = "OK" }, "acme/lumen");
        var table = Page[Page.IndexOf("## Metrics", StringComparison.Ordinal)..];
        var documented = InstrumentRow().Matches(table).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");
        Assert.Equal(documented.Order(StringComparer.Ordinal), published);
    }

    [Fact]
    public void Every_log_event_is_in_the_table_with_level_and_parameters()
    {
        var events = typeof(FalBuilder).Assembly.GetType("Fal.FalLogObserver")!.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(method => (method, Attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Attribute is not null)
            .OrderBy(found => found.Attribute!.EventId)
            .Select(found => $"| {found.Attribute!.EventId} | {found.method.Name} | {found.Attribute.Level} | {Parameters(found.method)} |");
        Assert.Equal(EventRow().Matches(Page).Select(row => row.Value), events);
    }

    private static string Parameters(MethodInfo method)
        => string.Join(", ", method.GetParameters().Select(parameter => char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..]));

    [GeneratedRegex(@"^\| `(fal\.[a-z_.]+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    [GeneratedRegex(@"^\| \d+ \|.*\|$", RegexOptions.Multiline)]
    private static partial Regex EventRow();
}
