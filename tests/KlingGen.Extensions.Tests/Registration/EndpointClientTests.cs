using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Fal.Tests.Registration;

/// <summary>The emitted clients in a container, and mocked.</summary>
public sealed class EndpointClientTests
{
    private static readonly TextToClipRequest Request = new() { Prompt = "A heron at dawn." };
    private static readonly TextToClipResult Result = FalJson.Read<TextToClipResult>("""{"clip":{"url":"https://files.example/heron.mp4"}}""");

    [Fact]
    public async Task AddFalClients_lets_a_client_stand_in_a_constructor()
    {
        using var handler = new FalTestHandler(run => run.Complete(Result));
        var services = Apps.With(("Fal:Key", Apps.Key));
        services.AddFal().Over(handler);
        services.AddFalClients().AddTransient<Clips>();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Assert.Equal("https://files.example/heron.mp4", await provider.GetRequiredService<Clips>().MakeAsync());
        Assert.Equal(LumenV1TextToClipClient.Id, Assert.Single(handler.Runs).EndpointId);
    }

    [Fact]
    public async Task AddFalClients_with_a_service_key_registers_keyed_clients()
    {
        using var net = new Net();
        var services = Apps.With(("Fal:TeamB:Key", "b-id:b-secret"));
        services.AddKeyedFal("team-b", "Fal:TeamB").Over(net);
        services.AddFalClients("team-b");
        using var provider = services.BuildServiceProvider();
        await provider.GetRequiredKeyedService<LumenV1TextToClipClient>("team-b").SubmitAsync(Request);
        Assert.Equal(["b-id:b-secret"], net.Keys);
        Assert.Null(provider.GetService<LumenV1TextToClipClient>());
    }

    [Fact]
    public async Task A_client_can_be_mocked_and_what_is_not_replaced_throws()
    {
        var client = Substitute.For<LumenV1TextToClipClient>();
        client.RunAsync(Request).ReturnsForAnyArgs(Result);
        Assert.Equal("https://files.example/heron.mp4", await new Clips(client).MakeAsync());
        Assert.Equal("acme/lumen/v1/text-to-clip", client.EndpointId);
        var bare = Substitute.ForPartsOf<LumenV1TextToClipClient>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => bare.SubmitAsync(Request));
        Assert.Contains("made for a mock", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => bare.Client);
    }

    private sealed class Clips(LumenV1TextToClipClient client)
    {
        public async Task<string> MakeAsync() => (await client.RunAsync(Request)).Clip.Url;
    }
}
