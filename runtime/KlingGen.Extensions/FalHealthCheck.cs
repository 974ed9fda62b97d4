using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fal;

/// <summary>
/// Health check: healthy if the key is well-formed and fal answers a call that needs no key and costs nothing. Whether fal
/// accepts the key is not checked, because every call that would show it is counted or paid.
/// </summary>
internal sealed class FalHealthCheck(IServiceProvider provider, string? serviceKey) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var fal = serviceKey is null ? provider.GetRequiredService<FalClient>() : provider.GetRequiredKeyedService<FalClient>(serviceKey);
            await fal.Platform.SendAsync(HttpMethod.Get, "/meta", FalPlatformKey.None, cancellationToken: cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("fal answers.");
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            // Without the exception, because a health report may show its data to callers.
            var message = ex is FalException ? $"fal does not answer as expected ({ex.GetType().Name})." : ex.Message;
            return new HealthCheckResult(context.Registration.FailureStatus, message);
        }
    }
}
