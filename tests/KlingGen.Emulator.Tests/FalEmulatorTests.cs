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

    public static TheoryData<string, Action<FalEmulatorOptions>> InvalidOptions => new()
    {
        { "Port must be 0, or the first of five ports up to 65535, not 65534", options => options.Port = 65534 },
        { "MediaPort", options => options.MediaPort = 65536 },
        { "Key", options => options.Key = "" },
        { "AdminKey", options => options.AdminKey = "an-id:a-secret\n" },
        { "LargestBody", options => options.LargestBody = long.MaxValue },
        { "MostKept must be at least 1, not 0", options => options.MostKept = 0 },
        { "MostFileBytes", options => options.MostFileBytes = -1 },
        { "UnitPrice", options => options.UnitPrice = -0.01m },
        { "ListenOn", options => options.ListenOn = null! },
        { "TimeProvider", options => options.TimeProvider = null! },
        { "Webhooks", options => options.Webhooks = null! },
        { "Webhooks.MostAttempts", options => options.Webhooks = new() { MostAttempts = 0 } },
        { "Webhooks.Pause", options => options.Webhooks = new() { Pause = TimeSpan.FromSeconds(-1) } },
        { "Webhooks.FirstAnswerTime", options => options.Webhooks = new() { FirstAnswerTime = TimeSpan.FromDays(50) } },
        { "Webhooks.LaterAnswerTime", options => options.Webhooks = new() { LaterAnswerTime = TimeSpan.MinValue } },
        { "Webhooks.UserId", options => options.Webhooks = new() { UserId = "müller" } },
    };

    [Theory]
    [MemberData(nameof(InvalidOptions))]
    public async Task An_invalid_option_is_named_before_the_start(string name, Action<FalEmulatorOptions> change)
    {
        var options = new FalEmulatorOptions();
        change(options);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => FalEmulator.StartAsync(options));
        Assert.StartsWith($"FalEmulatorOptions.{name}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_on_this_machine_reaches_an_emulator_on_every_address()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.ListenOn = System.Net.IPAddress.Any);
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        var result = await (await fixture.SubmitJobAsync()).GetResultAsync();
        Assert.Equal("127.0.0.1", new Uri(result.Json.GetProperty("video").GetProperty("url").GetString()!).Host);
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
