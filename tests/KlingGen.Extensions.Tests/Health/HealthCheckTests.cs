using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fal.Tests.Health;

public sealed class HealthCheckTests
{
    private static async Task<HealthReportEntry> CheckAsync(Net net, params (string, string?)[] configuration)
    {
        var services = Apps.With(configuration);
        services.AddLogging();
        services.AddFal().Over(net);
        services.AddHealthChecks().AddFal(tags: ["ready"]);
        using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return Assert.Single(report.Entries).Value;
    }

    [Fact]
    public async Task Fal_is_healthy_if_it_answers_a_call_without_a_key()
    {
        using var net = new Net(static _ => Net.Json("""{"webhook_ip_ranges":["192.0.2.0/24"]}"""));
        var entry = await CheckAsync(net, ("Fal:Key", Apps.Key));
        Assert.Equal((HealthStatus.Healthy, "ready"), (entry.Status, Assert.Single(entry.Tags)));
        Assert.Equal("GET /v1/meta", Assert.Single(net.Sent));
        Assert.Null(Assert.Single(net.Keys));
    }

    [Fact]
    public async Task Fal_is_unhealthy_if_it_does_not_answer()
    {
        using var net = new Net(static _ => Net.Json("""{"detail":"hush"}""", HttpStatusCode.ServiceUnavailable));
        var entry = await CheckAsync(net, ("Fal:Key", Apps.Key), ("Fal:Retry:MaxRetries", "0"));
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.DoesNotContain("hush", entry.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(net.Sent, line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_malformed_key_is_unhealthy_and_not_shown()
    {
        using var net = new Net();
        var entry = await CheckAsync(net, ("Fal:Key", "hush"));
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("FalClientOptions.Key", entry.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", entry.Description, StringComparison.Ordinal);
        Assert.Empty(net.Sent);
    }
}
