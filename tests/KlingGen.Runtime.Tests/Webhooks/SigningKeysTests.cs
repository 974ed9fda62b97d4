using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Webhooks;

/// <summary>The source of public keys for verifiers of other packages.</summary>
public sealed class SigningKeysTests : CanaryTest
{
    [Fact]
    public async Task FalSigningKeys_downloads_below_the_clients_address_without_its_key()
    {
        using var fal = new TestFal(Canary, change: options => options.RestAddress = new Uri("https://gateway.example.com/rest/"));
        Canary.Watch(fal.Handler, "gateway.example.com");
        fal.Handler.Json("""{"keys":[]}""", 503).Json("""{"keys":[]}""");
        var keys = new FalSigningKeys(fal.Client);
        Assert.Same(fal.Time, keys.TimeProvider);
        Assert.Equal("https://gateway.example.com/rest/.well-known/jwks.json", keys.Address.AbsoluteUri);

        using var response = await keys.DownloadAsync(keys.Address);
        Assert.Equal("""{"keys":[]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(2, fal.Handler.Requests.Count);
        Assert.All(fal.Handler.Requests, request => Assert.Equal((keys.Address, "application/json"), (request.Url, request["Accept"])));
        Assert.All(fal.Handler.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Fact]
    public void FalSigningKeys_need_a_client() => Assert.Throws<ArgumentNullException>(() => new FalSigningKeys(null!));
}
