using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Fal.Tests.Registration;

/// <summary>What lies between a registered client and the network, under service defaults as Aspire's template has them.</summary>
public sealed class HandlerChainTests
{
    public static TheoryData<bool, bool> Orders => new() { { true, false }, { false, true }, { true, true } };

    // As in Aspire's template, without the waits between attempts.
    private static void AddServiceDefaults(IServiceCollection services)
        => services.ConfigureHttpClientDefaults(static http => http.AddStandardResilienceHandler(static options =>
        {
            options.Retry.Delay = TimeSpan.Zero;
            options.Retry.BackoffType = DelayBackoffType.Constant;
            options.Retry.UseJitter = false;
        }));

    private static ServiceCollection Services(bool before, bool after, HttpMessageHandler? primary = null)
    {
        var services = Apps.With(("Fal:Key", Apps.Key));
        if (before) AddServiceDefaults(services);
        var fal = services.AddFal();
        if (primary is not null) fal.Over(primary);
        if (after) AddServiceDefaults(services);
        return services;
    }

    private static List<HttpMessageHandler> Chain(IServiceProvider provider, string name)
    {
        var chain = new List<HttpMessageHandler>();
        for (var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name); handler is not null;)
        {
            chain.Add(handler);
            handler = handler is DelegatingHandler outer ? outer.InnerHandler : null;
        }
        return chain;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void No_resilience_handler_is_left_in_the_chain(bool before, bool after)
    {
        using var provider = Services(before, after).BuildServiceProvider();
        Assert.Contains(Chain(provider, "another"), handler => handler is ResilienceHandler);
        var chain = Chain(provider, "fal");
        Assert.DoesNotContain(chain, handler => handler.GetType().FullName!.Contains("Resilience", StringComparison.Ordinal));
        // What the factory puts around every chain, and what sends.
        Assert.Equal(2, chain.Count);
        var primary = Assert.IsType<SocketsHttpHandler>(chain[^1]);
        Assert.Equal((false, false, TimeSpan.FromMinutes(10)), (primary.AllowAutoRedirect, primary.UseCookies, primary.PooledConnectionLifetime));
        Assert.Equal(Timeout.InfiniteTimeSpan, provider.GetRequiredService<IHttpClientFactory>().CreateClient("fal").Timeout);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_submit_that_fails_is_sent_once(bool before, bool after)
    {
        using var net = new Net(static _ => Net.Json("{}", HttpStatusCode.ServiceUnavailable));
        var services = Services(before, after, net);
        services.AddHttpClient("another").ConfigurePrimaryHttpMessageHandler(() => net);
        using var provider = services.BuildServiceProvider();
        await Assert.ThrowsAsync<FalOutcomeUnknownException>(() => provider.GetRequiredService<FalClient>().SubmitAsync());
        Assert.Single(net.Sent);
        // The same defaults, where they are not taken away: what the submit would have cost.
        using var body = new StringContent("{}");
        var other = provider.GetRequiredService<IHttpClientFactory>().CreateClient("another");
        (await other.PostAsync(new Uri("https://queue.fal.run/a/b"), body)).Dispose();
        Assert.Equal(before && after ? 1 + 16 : 1 + 4, net.Sent.Count);
    }

    [Fact]
    public void Resilience_that_is_added_by_hand_goes_as_well_and_other_handlers_stay()
    {
        var services = Apps.With(("Fal:Key", Apps.Key));
        var http = services.AddFal().HttpClient;
        http.AddStandardHedgingHandler();
        http.AddHttpMessageHandler(static () => new Own());
        http.ConfigurePrimaryHttpMessageHandler(static () => new HttpClientHandler());
        using var provider = services.BuildServiceProvider();
        var chain = Chain(provider, "fal");
        Assert.Equal(3, chain.Count);
        Assert.IsType<Own>(chain[1]);
        var primary = Assert.IsType<HttpClientHandler>(chain[2]);
        Assert.Equal((false, false), (primary.AllowAutoRedirect, primary.UseCookies));
    }

    [Fact]
    public void A_keyed_client_has_the_same_chain_and_other_clients_keep_theirs()
    {
        var services = Apps.With(("Fal:TeamB:Key", Apps.Key));
        services.AddKeyedFal("team-b", "Fal:TeamB");
        AddServiceDefaults(services);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(2, Chain(provider, "fal:team-b").Count);
        Assert.Contains(Chain(provider, "fal"), handler => handler is ResilienceHandler);
    }

    [Fact]
    public async Task The_factory_logs_no_request_and_so_no_webhook()
    {
        using var net = new Net();
        using var log = new Log();
        var services = Services(before: true, after: true, net);
        services.AddHttpClient("another").ConfigurePrimaryHttpMessageHandler(() => net);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        using var provider = services.BuildServiceProvider();
        var webhook = new FalSubmitOptions { Webhook = new Uri("https://me.example/hook?secret=hush") };
        var job = await provider.GetRequiredService<FalClient>().SubmitAsync(webhook);
        await job.GetRawResultAsync();
        Assert.Contains(net.Sent, line => line.Contains("hush", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("hush", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("System.Net.Http.HttpClient.fal", StringComparison.Ordinal));
        // Other clients are logged as before.
        (await provider.GetRequiredService<IHttpClientFactory>().CreateClient("another").GetAsync(new Uri("https://a.example/"))).Dispose();
        Assert.Contains(log.Lines, line => line.Contains("System.Net.Http.HttpClient.another", StringComparison.Ordinal));
    }

    private sealed class Own : DelegatingHandler;
}
