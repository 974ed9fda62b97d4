using System.Text.Json;
using Fal;
using KlingGen.Cli.Pricing;
using KlingGen.Cli.Terminal;
using KlingGen.Cli.Tests.Harness;
using KlingGen.Cli.Tests.Pull;

namespace KlingGen.Cli.Tests.Commands;

/// <summary>The comparison of the price list with fal's pages, and its age.</summary>
public sealed class PriceTests
{
    private const string Endpoint = "fal-ai/kling-video/v2.6/pro/image-to-video";

    [Fact]
    public async Task Price_check_succeeds_when_the_page_shows_every_rate()
    {
        var rates = BundledPrice.All.Single(price => price.Endpoint == Endpoint).Rates;
        await using var server = Page("It costs " + string.Join(" or ", rates.Select(rate => "$" + FalText(rate))) + " per second.");
        var run = (await ToolRun.Of("price", Endpoint, "--check", "--host", server.Host)).Fine();
        Assert.Empty(JsonDocument.Parse(run.Out).RootElement.GetProperty("missing").EnumerateArray());
        Assert.Equal([$"/models/{Endpoint}/llms.txt"], server.Asked.Keys);
    }

    [Fact]
    public async Task Price_check_names_the_rates_that_the_page_no_longer_shows()
    {
        await using var server = Page("It costs $0.99 per second, which is $0.07 less.");
        var run = await ToolRun.Of("price", Endpoint, "--check", "--host", server.Host);
        Assert.Equal(1, run.Code);
        var answer = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal([0.99m, 0.07m], answer.GetProperty("shown").EnumerateArray().Select(amount => amount.GetDecimal()));
        Assert.DoesNotContain(0.07m, answer.GetProperty("missing").EnumerateArray().Select(amount => amount.GetDecimal()));
        Assert.Contains("FalPriceList.Load", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Price_check_fails_without_a_listed_price_or_a_page()
    {
        Assert.Equal(2, (await ToolRun.Of("price", "fal-ai/kling-video/v1/tts", "--check")).Code);
        await using var server = new DocumentServer((_, _) => new Answer(404, ""));
        Assert.Equal(2, (await ToolRun.Of("price", Endpoint, "--check", "--host", server.Host)).Code);
    }

    [Theory]
    [InlineData("no section", "")]
    [InlineData("## Pricing\nFor $1.40, then $ 0.28 and $0.28.\n## Other\n$9", "1.4 0.28")]
    public void PricePage_reads_the_amounts_of_its_section(string page, string expected)
        => Assert.Equal(expected, string.Join(' ', PricingSection.Amounts(page).Select(FalText)));

    [Theory]
    [InlineData(90, false)]
    [InlineData(91, true)]
    public async Task Check_informs_about_prices_older_than_90_days_and_keeps_the_exit_code(int days, bool isSaid)
    {
        var time = new FixedTime(new DateTimeOffset(FalPriceList.Bundled.AsOf.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero));
        using var folder = new TempFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new ToolConsole(output, error, outputColours: false, errorColours: false) { Time = time };
        string[] arguments = ["check", folder.Root, "--endpoints", Endpoint];
        Assert.Equal(0, await Tool.RunAsync(arguments, console, CancellationToken.None));
        Assert.Equal(isSaid, error.ToString().Contains("older than 90 days", StringComparison.Ordinal));
    }

    private static DocumentServer Page(string pricing)
        => new((path, _) => path.EndsWith("/llms.txt", StringComparison.Ordinal)
            ? new Answer(200, $"# Model\n\n## Pricing\n{pricing}\n\n## More\n$5")
            : new Answer(404, ""));

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private static string FalText(decimal amount) => amount.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
