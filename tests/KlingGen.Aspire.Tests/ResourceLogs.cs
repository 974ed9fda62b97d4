using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace KlingGen.Aspire.Tests;

/// <summary>What resources print.</summary>
internal static class ResourceLogs
{
    /// <summary>Waits for a line.</summary>
    public static async Task WaitForLineAsync(this DistributedApplication app, string name, Regex wanted, CancellationToken cancellationToken)
    {
        // By the resource, because logs belong to instances, whose names have a suffix.
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(cancellationToken))
            if (lines.Any(line => wanted.IsMatch(line.Content))) return;
        Assert.Fail($"The log of {name} ended without {wanted}.");
    }
}
