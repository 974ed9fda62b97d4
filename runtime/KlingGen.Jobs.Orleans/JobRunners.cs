using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fal.Jobs.Orleans;

/// <summary>The runners of this silo: one that works on entries in job grains, and one per shard that claims them.</summary>
internal sealed partial class JobRunners
{
    private readonly FalClient _client;
    private readonly FalJobRunnerOptions _options;
    private readonly ILogger _logger;

    public JobRunners(
        FalClient client, IFalLedger ledger, FalJobRunnerOptions options, int shards, IHostApplicationLifetime lifetime, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_client, Ledger, Shards, Stopping, _logger) = (client, ledger, shards, lifetime.ApplicationStopping, logger);
        _options = options with { Engine = null, OnError = options.OnError ?? LogError };
        Worker = new FalJobRunner(client, ledger, _options);
    }

    public IFalLedger Ledger { get; }

    public int Shards { get; }

    /// <summary>The end of this silo. A submit under way is waited for.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Works on entries, in job grains.</summary>
    public FalJobRunner Worker { get; }

    public TimeProvider Time => _options.TimeProvider;

    /// <summary>A runner that claims entries, for a shard.</summary>
    public FalJobRunner CreateClaimer(FalJobEngine engine) => new(_client, Ledger, _options with { Engine = engine });

    public void Report(Exception exception)
    {
        try
        {
            _options.OnError!(exception);
        }
        catch (Exception ex)
        {
            // A callback that fails stops neither a step nor the silo.
            LogError(ex);
        }
    }

    private void LogError(Exception exception) => LogError(_logger, exception);

    [LoggerMessage(1, LogLevel.Error, "A step of a fal job failed, and is tried again.")]
    private static partial void LogError(ILogger logger, Exception exception);
}
