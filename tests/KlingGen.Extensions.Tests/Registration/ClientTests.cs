using Microsoft.Extensions.DependencyInjection;

namespace Fal.Tests.Registration;

public sealed class ClientTests
{
    [Fact]
    public async Task Keyed_clients_send_their_own_keys()
    {
        using var net = new Net();
        var services = Apps.With(("Fal:Key", Apps.Key), ("Fal:TeamB:Key", "b-id:b-secret"));
        services.AddFal().Over(net);
        services.AddKeyedFal("team-b", "Fal:TeamB").Over(net);
        using var provider = services.BuildServiceProvider();
        var fal = provider.GetRequiredService<FalClient>();
        Assert.Same(fal, provider.GetRequiredService<FalClient>());
        await fal.SubmitAsync();
        await provider.GetRequiredKeyedService<FalClient>("team-b").SubmitAsync();
        Assert.Equal([Apps.Key, "b-id:b-secret"], net.Keys);
    }

    [Fact]
    public async Task Tenants_have_clients_with_the_keys_that_the_provider_knows()
    {
        using var net = new Net();
        var services = Apps.With();
        services.AddFal().AddKeyProvider<Tenants>().Over(net);
        using var provider = services.BuildServiceProvider();
        provider.Start();
        var factory = provider.GetRequiredService<IFalClientFactory>();
        var first = await factory.ForTenantAsync("a");
        await first.SubmitAsync();
        await (await factory.ForTenantAsync("b")).SubmitAsync();
        Assert.Same(first, await factory.ForTenantAsync("a"));
        ((Tenants)provider.GetRequiredService<IFalKeyProvider>()).Version = 2;
        var changed = await factory.ForTenantAsync("a");
        Assert.NotSame(first, changed);
        await changed.SubmitAsync();
        await first.SubmitAsync();
        Assert.Equal(["a-id:secret-1", "b-id:secret-1", "a-id:secret-2", "a-id:secret-1"], net.Keys);
        // Never the app's own account for a tenant without a key.
        await Assert.ThrowsAsync<ArgumentException>(async () => await factory.ForTenantAsync("none"));
    }

    [Fact]
    public async Task A_key_of_one_call_makes_a_client_over_the_same_connections()
    {
        using var net = new Net();
        var services = Apps.With(("Fal:Key", Apps.Key));
        services.AddFal().Over(net);
        using var provider = services.BuildServiceProvider();
        using (var fal = provider.GetRequiredService<IFalClientFactory>().ForKey("caller-id:caller-secret")) await fal.SubmitAsync();
        await provider.GetRequiredService<FalClient>().SubmitAsync();
        Assert.Equal(["caller-id:caller-secret", Apps.Key], net.Keys);
        var error = Assert.Throws<ArgumentException>(() => provider.GetRequiredService<IFalClientFactory>().ForKey("hush"));
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_a_tenant_is_an_error_that_names_the_method()
    {
        var services = Apps.With(("Fal:Key", Apps.Key));
        services.AddFal();
        using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IFalClientFactory>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await factory.ForTenantAsync("a"));
        Assert.Contains("AddKeyProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyed_client_whose_tenants_alone_have_keys_takes_none_from_elsewhere()
    {
        using var net = new Net();
        var services = Apps.With(("FAL_KEY", Apps.Key));
        services.AddKeyedFal("team-b", "Fal:TeamB").AddKeyProvider<Tenants>().Over(net);
        using var provider = services.BuildServiceProvider();
        provider.Start();
        await (await provider.GetRequiredKeyedService<IFalClientFactory>("team-b").ForTenantAsync("a")).SubmitAsync();
        Assert.Equal(["a-id:secret-1"], net.Keys);
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<FalClient>("team-b"));
    }

    [Fact]
    public async Task The_container_disposes_the_client()
    {
        var services = Apps.With(("Fal:Key", Apps.Key));
        services.AddFal();
        FalClient fal;
        using (var provider = services.BuildServiceProvider()) fal = provider.GetRequiredService<FalClient>();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fal.SubmitAsync());
    }

    private sealed class Tenants : IFalKeyProvider
    {
        public int Version { get; set; } = 1;

        public ValueTask<string> GetKeyAsync(string tenant, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(tenant == "none" ? "" : $"{tenant}-id:secret-{Version}");
    }
}
