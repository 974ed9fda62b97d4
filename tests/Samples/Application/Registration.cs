using Fal;
using Fal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KlingGen.Samples;

internal static class Registration
{
    public static void SeveralAccounts(IServiceCollection services)
    {
        services.AddKeyedFal("team-b", "Fal:TeamB");          // [FromKeyedServices("team-b")] FalClient fal
        services.AddFalClients("team-b");                     // the endpoint clients, keyed alike
        services.AddFal().AddKeyProvider<TenantKeys>();       // a key per tenant
    }

    public static async Task<FalJob<FalRawResult>> SubmitForAsync(IFalClientFactory factory, string tenant, FalRawResult input)
    {
        var fal = await factory.ForTenantAsync(tenant);       // ForKey(key) for the key of one call
        return await fal.Endpoint("fal-ai/flux/dev").SubmitAsync(input);
    }

    public static void Package(IHostApplicationBuilder builder)
    {
        builder.Services.AddFal();                          // section Fal, ConnectionStrings:fal, FAL_KEY; validated at start
        builder.Services.AddFalClients();                   // emitted: the client of each endpoint can stand in a constructor
        builder.Services.AddHealthChecks().AddFal();
    }

    public static void Telemetry(IServiceCollection services)
    {
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(FalDiagnostics.ActivitySourceName))
            .WithMetrics(metrics => metrics.AddMeter(FalDiagnostics.MeterName));
    }

    public static void InMemory(IServiceCollection services, FalTestHandler handler)
    {
        services.AddFal().HttpClient.ConfigurePrimaryHttpMessageHandler(() => handler);
    }

    internal sealed class TenantKeys : IFalKeyProvider
    {
        public ValueTask<string> GetKeyAsync(string tenant, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(Environment.GetEnvironmentVariable("FAL_KEY_OF_" + tenant) ?? "");
    }
}
