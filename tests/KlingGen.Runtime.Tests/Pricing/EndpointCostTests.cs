using System.Text.Json;

namespace Fal.Tests.Pricing;

public sealed class EndpointCostTests
{
    private const string Endpoint = "fal-ai/kling-video/v2.6/pro/image-to-video";

    [Fact]
    public void EstimateCost_uses_the_price_list_of_the_client_options()
    {
        using var bundled = new FalClient(new FalClientOptions { Key = "id:secret" });
        using var empty = new FalClient(new FalClientOptions { Key = "id:secret", Prices = new FalPriceList() });
        var request = new FalRawResult { Json = JsonSerializer.Deserialize<JsonElement>("""{"prompt":"Snow falls.","duration":"10"}""") };

        Assert.Equal(1.40m, bundled.Endpoint(Endpoint).EstimateCost(request).Amount);
        Assert.Equal($"unknown: the price list has no price for {Endpoint}.", empty.Endpoint(Endpoint).EstimateCost(request).ToString());
    }

    [Fact]
    public void FalPriceList_Bundled_names_its_date_and_currency()
    {
        var list = FalPriceList.Bundled;
        Assert.Equal((new DateOnly(2026, 11, 30), "USD"), (list.AsOf, list.Currency));
        Assert.Equal($"FalPriceList (2026-11-30, {list.Endpoints.Count} endpoints)", list.ToString());
    }
}
