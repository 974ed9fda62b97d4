using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fal.Tests;

/// <summary>Short ways to a service collection and its container.</summary>
internal static class Apps
{
    public const string Key = "app-id:app-secret-0123456789";

    public static readonly JsonElement Input = JsonDocument.Parse("""{"prompt":"hush hush"}""").RootElement.Clone();

    public static ServiceCollection With(params (string Path, string? Value)[] configuration)
    {
        var services = new ServiceCollection();
        var values = configuration.ToDictionary(pair => pair.Path, pair => pair.Value);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        return services;
    }

    /// <summary>What a host does when it starts.</summary>
    public static void Start(this IServiceProvider provider) => provider.GetRequiredService<IStartupValidator>().Validate();

    public static FalBuilder Over(this FalBuilder builder, HttpMessageHandler primary)
    {
        builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => primary);
        return builder;
    }

    public static Task<FalJob<FalRawResult>> SubmitAsync(this FalClient fal, FalSubmitOptions? options = null)
        => fal.Endpoint("acme/lumen/clip").SubmitAsync(Input, options);
}
