using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fal.Jobs;

/// <summary>Runs a runner as long as the host runs.</summary>
internal sealed partial class JobHost(FalJobRunner runner) : BackgroundService
{
    [LoggerMessage(1, LogLevel.Error, "The job runner met an error and goes on.")]
    public static partial void LogError(ILogger logger, Exception exception);

    // A ledger in a file works on the calling thread, which must not hold up the start of the host.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => runner.RunAsync(stoppingToken), CancellationToken.None);
}
