namespace Fal.Emulation.Tests;

public sealed class FalEmulatorTests
{
    [Fact]
    public async Task Each_host_has_an_address_of_its_own_on_this_machine()
    {
        await using var fal = await FalEmulator.StartAsync();
        var addresses = new[] { fal.QueueAddress, fal.RunAddress, fal.RestAddress, fal.MediaAddress };
        Assert.Equal(4, addresses.Distinct().Count());
        Assert.All(addresses, address => Assert.Equal(("http", "127.0.0.1", "/"), (address.Scheme, address.Host, address.AbsolutePath)));
    }

    [Fact]
    public async Task A_client_is_made_for_it()
    {
        var time = new Fal.Tests.Harness.FakeTime();
        await using var fal = await FalEmulator.StartAsync(new FalEmulatorOptions { Key = "an-id:a-secret", TimeProvider = time });
        var options = fal.CreateClientOptions();
        Assert.Equal(
            ("an-id:a-secret", fal.QueueAddress, fal.RunAddress, fal.RestAddress, true),
            (options.Key, options.QueueAddress, options.RunAddress, options.RestAddress, options.AllowHttpOnLoopback));
        Assert.Same(time, options.TimeProvider);
        Assert.NotSame(options, fal.CreateClientOptions());
    }

    [Fact]
    public async Task Each_emulator_has_its_own_key_and_never_shows_it()
    {
        await using var first = await FalEmulator.StartAsync();
        await using var second = await FalEmulator.StartAsync();
        Assert.NotEqual(first.Key, second.Key);
        Assert.Matches("^[0-9a-f-]{36}:[0-9A-F]{32}$", first.Key);
        Assert.DoesNotContain(first.Key, first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_broken_off_when_it_stops()
    {
        var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", new FalEmulatedRun { Duration = Timeout.InfiniteTimeSpan });
        var running = fixture.SendAsync(HttpMethod.Post, fixture.Fal.RunAddress, EmulatorFixture.Endpoint, EmulatorFixture.Body);
        await fixture.ReceivedAsync(FalOperation.Run);
        await fixture.DisposeAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
    }

    [Theory]
    [InlineData("GET", "fal-ai/kling-video")]
    [InlineData("POST", "nothing")]
    [InlineData("DELETE", "fal-ai/kling-video/requests/x")]
    public async Task A_path_that_fal_does_not_have_is_not_found(string method, string path)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        foreach (var host in new[] { fixture.Fal.QueueAddress, fixture.Fal.RunAddress, fixture.Fal.RestAddress })
        {
            var answer = await fixture.SendAsync(new HttpMethod(method), host, path);
            Assert.Equal((404, $"Path /{path} not found"), (answer.StatusCode, answer.Json.GetProperty("detail").GetString()));
        }
    }
}
