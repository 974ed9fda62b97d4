using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class ProxyAddressTests
{
    private static readonly Uri Proxy = new("https://app.example/api/fal/proxy");

    [Fact]
    public async Task A_client_with_a_proxy_sends_every_call_there_and_no_key()
    {
        using var handler = new ScriptedHandler();
        handler.Json("""{"request_id":"r1","status_url":"https://queue.fal.run/acme/lumen/requests/r1/status"}""")
            .Json("""{"status":"COMPLETED"}""").Json("""{"seed":7}""");
        using var client = Client(options => options.HttpHandler = handler);
        var job = await client.Endpoint("acme/lumen/v1/text-to-clip").SubmitAsync(new FalRawResult(), new FalSubmitOptions { MaxQueueLength = 5 });
        await job.GetResultAsync();

        Assert.All(handler.Requests, request => Assert.Equal(Proxy, request.Url));
        Assert.All(handler.Requests, request => Assert.Null(request["Authorization"]));
        Assert.Equal(
            [
                "POST https://queue.fal.run/acme/lumen/v1/text-to-clip?fal_max_queue_length=5",
                "GET https://queue.fal.run/acme/lumen/requests/r1/status",
                "GET https://queue.fal.run/acme/lumen/requests/r1",
            ],
            handler.Requests.Select(request => $"{request.Method} {request["x-fal-target-url"]}"));
        Assert.Equal("https://queue.fal.run/", job.ToToken().Queue.AbsoluteUri);
    }

    [Fact]
    public async Task A_refusal_by_the_proxy_does_not_speak_of_a_key()
    {
        using var handler = new ScriptedHandler();
        handler.Json("""{"detail":"Sign in first"}""", 401);
        using var client = Client(options => options.HttpHandler = handler);
        var ex = await Assert.ThrowsAsync<FalAuthenticationException>(() => client.Endpoint("acme/lumen").SubmitAsync(new FalRawResult()));
        Assert.Contains("Sign in first", ex.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("FAL_KEY", ex.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FalAuthenticationException>(() => client.Platform.GetPricesAsync(["acme/lumen"]));
        Assert.Throws<InvalidOperationException>(() => client.DeriveSecret("x"));
        Assert.True(FalPublicUrl.TryParse("https://fal.run/acme/lumen", out var url));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new FalForwarder(client).SendAsync(url, HttpMethod.Post));
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("http://app.example/proxy")]
    [InlineData("https://user@app.example/proxy")]
    [InlineData("https://app.example/proxy?x=1")]
    [InlineData("ftp://127.0.0.1/")]
    public void An_unsafe_proxy_address_is_refused(string address)
        => Assert.Throws<ArgumentException>(() => Client(options => options.ProxyAddress = new Uri(address)));

    [Fact]
    public void A_key_beside_a_proxy_is_refused()
    {
        var ex = Assert.Throws<ArgumentException>(() => Client(options => options.Key = CanaryGuard.Key));
        Assert.Contains("ProxyAddress", ex.Message, StringComparison.Ordinal);
        // The environment's key is for other clients of the process, and is not read.
        using var client = new FalClient(new FalClientOptions { ProxyAddress = new Uri("http://localhost:5000/api") }, _ => CanaryGuard.Key);
        Assert.Equal("FalClient (proxy localhost)", client.ToString());
    }

    [Fact]
    public void DeriveSecret_depends_on_the_key_and_the_purpose()
    {
        using var one = new FalClient("id:secret-1");
        using var other = new FalClient("id:secret-2");
        Assert.Equal(32, one.DeriveSecret("a").Length);
        Assert.Equal(one.DeriveSecret("a"), new FalClient("id:secret-1").DeriveSecret("a"));
        Assert.NotEqual(one.DeriveSecret("a"), one.DeriveSecret("b"));
        Assert.NotEqual(one.DeriveSecret("a"), other.DeriveSecret("a"));
    }

    private static FalClient Client(Action<FalClientOptions> change)
    {
        var options = new FalClientOptions { ProxyAddress = Proxy, TimeProvider = new FakeTime { SkipDelays = true } };
        change(options);
        return new FalClient(options, _ => null);
    }
}
