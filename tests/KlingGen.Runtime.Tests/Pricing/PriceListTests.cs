using System.Text;
using System.Text.Json;

namespace Fal.Tests.Pricing;

public sealed class PriceListTests
{
    private const string Kling = "fal-ai/kling-video/";

    /// <summary>Endpoint, request, cost in USD. The prices are those of fal's pages on 2026-11-30, or of users' reports of that day.</summary>
    public static TheoryData<string, string, decimal> Amounts => new()
    {
        { "v2.1/standard/image-to-video", "{}", 0.28m },
        { "v2.1/standard/image-to-video", """{"duration":"10"}""", 0.56m },
        { "v2.1/master/text-to-video", """{"duration":"5"}""", 1.40m },
        { "v2.5-turbo/standard/image-to-video", "{}", 0.21m },
        { "v2.5-turbo/pro/image-to-video", "{}", 0.35m },
        { "v2.6/pro/image-to-video", """{"generate_audio":false}""", 0.35m },
        { "v2.6/pro/image-to-video", "{}", 0.70m },
        { "v2.6/pro/image-to-video", """{"voice_ids":["700100200300400501"]}""", 0.84m },
        { "v2.6/pro/image-to-video", """{"voice_ids":[],"duration":"10"}""", 1.40m },
        { "v2.6/pro/image-to-video", """{"voice_ids":["700100200300400501"],"generate_audio":false}""", 0.35m },
        { "v3/standard/text-to-video", """{"generate_audio":false}""", 0.42m },
        { "v3/standard/text-to-video", "{}", 0.63m },
        { "v3/standard/text-to-video", """{"voice_ids":["700100200300400501"]}""", 0.77m },
        { "v3/pro/text-to-video", """{"duration":"15","generate_audio":false}""", 1.68m },
        { "v3/pro/image-to-video", """{"duration":null,"generate_audio":null}""", 0.84m },
        { "v3/pro/image-to-video", """{"multi_prompt":[{"prompt":"a","duration":"4"},{"prompt":"b"}],"duration":"15"}""", 1.512m },
        { "o3/standard/image-to-video", "{}", 0.42m },
        { "o3/standard/image-to-video", """{"generate_audio":true}""", 0.56m },
        { "o3/4k/text-to-video", """{"generate_audio":true}""", 2.1m },
        { "o3/4k/image-to-video", """{"duration":"3"}""", 1.26m },
        { "o3/4k/reference-to-video", """{"multi_prompt":[]}""", 2.1m },
        { "video-to-audio", "{}", 0.035m },
    };

    [Theory]
    [MemberData(nameof(Amounts))]
    public void FalPriceList_estimates_an_amount_from_the_request_and_the_defaults(string endpoint, string request, decimal amount)
    {
        var estimate = Estimate(FalPriceList.Bundled, Kling + endpoint, request);
        Assert.Equal(amount, estimate.Amount);
        Assert.Equal(("USD", true, (string?)null), (estimate.Currency, estimate.IsKnown, estimate.Reason));
        Assert.InRange(estimate.Confidence, FalPriceConfidence.Reported, FalPriceConfidence.Published);
        Assert.Equal(new DateOnly(2026, 11, 30), estimate.AsOf);
        Assert.False(string.IsNullOrEmpty(estimate.Source));
    }

    [Fact]
    public void Every_bundled_price_has_an_amount_in_the_table()
    {
        var tested = Amounts.Select(row => Kling + (string)row[0]!).Distinct().Append(Kling + "v3/pro/motion-control");
        Assert.Equal(FalPriceList.Bundled.Endpoints, tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FalPriceList_estimates_a_range_when_an_input_file_decides_the_length()
    {
        var estimate = Estimate(FalPriceList.Bundled, Kling + "v3/pro/motion-control", """{"video_url":"https://example.com/dance.mp4"}""");
        Assert.Equal((0m, 3.78m, (decimal?)null), (estimate.Minimum, estimate.Maximum, estimate.Amount));
        Assert.Equal(
            "0 to 3.78 USD (reported price of 2026-11-30; the length follows from an input file that an estimate does not open)",
            estimate.ToString());
    }

    /// <summary>Recorded billable units of v3/pro/image-to-video at 0.07 USD each give the price of a whole number of seconds.</summary>
    [Theory]
    [InlineData("5", 12.0)]
    [InlineData("4", 9.6)]
    [InlineData("6", 14.4)]
    public void Recorded_billable_units_are_consistent_with_the_estimate(string duration, double units)
    {
        var estimate = Estimate(FalPriceList.Bundled, Kling + "v3/pro/image-to-video", $$"""{"duration":"{{duration}}"}""");
        Assert.Equal((decimal)units * 0.07m, estimate.Amount);
    }

    [Theory]
    [InlineData("fal-ai/flux/dev", "{}", "unknown: the price list has no price for fal-ai/flux/dev.")]
    [InlineData("acme/timed", "{}", "unknown: the price is 0.5 USD per second, and the request names no length.")]
    [InlineData("acme/timed", """{"seconds":"long"}""", "unknown: the price is 0.5 USD per second, and the request names no length.")]
    [InlineData("acme/timed", """{"seconds":-3}""", "unknown: the price is 0.5 USD per second, and the request names no length.")]
    [InlineData("acme/sized", """{"size":"8k"}""", "unknown: the price list has no rate for these parameters.")]
    public void FalPriceList_says_why_a_cost_is_unknown(string endpoint, string request, string text)
    {
        var estimate = Estimate(Invented(), endpoint, request);
        Assert.Equal((false, (decimal?)null, text), (estimate.IsKnown, estimate.Maximum, estimate.ToString()));
    }

    [Theory]
    [InlineData("""{"seconds":7}""", 3.5)]
    [InlineData("""{"seconds":"7s"}""", 3.5)]
    [InlineData("""{"seconds":7.25}""", 3.625)]
    public void FalPriceList_reads_seconds_as_a_number_or_a_string(string request, double amount)
        => Assert.Equal((decimal)amount, Estimate(Invented(), "acme/timed", request).Amount);

    [Theory]
    [InlineData("", "is not valid")]
    [InlineData("null", "is null")]
    [InlineData("""{"asOf":"2026-11-30","currency":"USD"}""", "prices")]
    [InlineData("""{"asOf":"yesterday","currency":"USD","prices":[]}""", "$.asOf")]
    [InlineData("""{"asOf":"2026-11-30","currency":"USD","prices":[],"note":1}""", "note")]
    [InlineData("""[ENTRY "endpoint":"a/b","confidence":"sure","per":"second","rates":[]]""", "$.prices[0].confidence")]
    [InlineData("""[ENTRY "endpoint":"a/b","confidence":"published","per":"request","rates":[]]""", "'a/b' has no rates")]
    [InlineData("""[ENTRY "endpoint":"kling","confidence":"published","per":"request","rates":[{"price":1}]]""", "'kling' names no endpoint id")]
    [InlineData("""[ENTRY "endpoint":"a/b","confidence":"published","per":"request","rates":[{"price":-1}]]""", "'a/b' has a negative price")]
    [InlineData("""[ENTRY "endpoint":"a/b","confidence":"historical","per":"request","rates":[{"price":1}]]""", "'a/b' must have the confidence")]
    [InlineData("""[ENTRY "endpoint":"a/b","confidence":"published","per":"second","rates":[{"price":1}]]""", "'a/b' is per second")]
    public void FalPriceList_Load_names_the_fault_of_an_invalid_list(string json, string part)
    {
        var text = json.StartsWith("[ENTRY", StringComparison.Ordinal)
            ? $$"""{"asOf":"2026-11-30","currency":"USD","prices":[{"source":"test",{{json["[ENTRY".Length..^1]}}}]}"""
            : json;
        Assert.Contains(part, Assert.Throws<FormatException>(() => Load(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FalPriceList_Load_refuses_two_entries_for_one_endpoint()
    {
        const string Entry = """{"endpoint":"a/b","source":"test","confidence":"published","per":"request","rates":[{"price":1}]}""";
        var ex = Assert.Throws<FormatException>(() => Load($$"""{"asOf":"2026-11-30","currency":"USD","prices":[{{Entry}},{{Entry}}]}"""));
        Assert.Equal("The price list has two entries for 'a/b'.", ex.Message);
    }

    private static FalCostEstimate Estimate(FalPriceList list, string endpoint, string request)
    {
        using var json = JsonDocument.Parse(request);
        return list.Estimate(endpoint, json.RootElement);
    }

    private static FalPriceList Load(string json) => FalPriceList.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static FalPriceList Invented() => Load(
        """
        {
          "asOf": "2026-11-30",
          "currency": "USD",
          "prices": [
            {
              "endpoint": "acme/timed", "source": "test", "confidence": "reported", "asOf": "2026-01-02",
              "per": "second", "seconds": ["seconds"], "rates": [{ "price": 0.5 }]
            },
            {
              "endpoint": "acme/sized", "source": "test", "confidence": "published",
              "per": "request", "rates": [{ "price": 2, "when": { "size": "4k" } }]
            }
          ]
        }
        """);
}
