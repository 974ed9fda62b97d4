using Fal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of a <see cref="FalClient"/>.</summary>
public static class FalHealthChecksBuilderExtensions
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds a health check: the key is well-formed, and fal answers <c>GET /v1/meta</c>, which needs no key. The check never
    /// submits a job.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="serviceKey">The service key of the client; null for the default one.</param>
    /// <param name="failureStatus">The status of a failure; unhealthy by default.</param>
    /// <param name="tags">The tags of the check.</param>
    /// <param name="timeout">The timeout of the check; 5 seconds by default.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddFal(
        this IHealthChecksBuilder builder,
        string name = "fal",
        string? serviceKey = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new FalHealthCheck(provider, serviceKey), failureStatus, tags, timeout ?? DefaultTimeout));
    }
}
