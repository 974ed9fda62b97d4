using System.Threading.Channels;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fal.AspNetCore;

/// <summary>
/// Background service that handles the webhooks of the inbox, including those that other processes abandoned. Without an
/// inbox it does nothing.
/// </summary>
internal sealed class WebhookInboxWorker(
    IServiceProvider services, IOptions<FalWebhooksOptions> options, IHostApplicationLifetime lifetime, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly ILogger _logger = loggers.CreateLogger(Log.WebhookCategory);
    private readonly TimeProvider _time = Clock.From(services);
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(options.Value.InboxConcurrency) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Signals a new webhook in the inbox, so that it is read before the next poll.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IFalWebhookInbox>() is not { } inbox) return;
        await StartedAsync(stoppingToken).ConfigureAwait(false);
        var routes = FindRoutes();
        if (routes.Count == 0) return;
        var loops = Enumerable.Range(0, options.Value.InboxConcurrency).Select(_ => WorkAsync(inbox, routes, stoppingToken));
        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    // The routes of an app are complete after its pipeline is built.
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, WebhookRoute> FindRoutes()
    {
        var routes = new Dictionary<string, WebhookRoute>(StringComparer.Ordinal);
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<WebhookRoute>() is not { Options.Background: true } route) continue;
            if (WebhookRoute.NameOf(endpoint) is { } name) routes[name] = route;
            else Log.StartupWarning(_logger, $"The webhook route {endpoint.DisplayName} needs a name for its background mode: call WithName on it.");
        }
        return routes;
    }

    private async Task WorkAsync(IFalWebhookInbox inbox, Dictionary<string, WebhookRoute> routes, CancellationToken stopping)
    {
        var lease = routes.Values.Max(route => route.Options.BackgroundTimeout) + TimeSpan.FromMinutes(1);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await inbox.TakeAsync(lease, stopping).ConfigureAwait(false) is { } webhook)
                    await HandleAsync(inbox, routes, webhook, stopping).ConfigureAwait(false);
                else
                    await WaitAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception ex)
            {
                Log.InboxUnavailable(_logger, ex, options.Value.InboxPollInterval);
                await Task.Delay(options.Value.InboxPollInterval, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var poll = new CancellationTokenSource(options.Value.InboxPollInterval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stopping);
        try
        {
            await _signals.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The poll is due.
        }
    }

    private async Task HandleAsync(
        IFalWebhookInbox inbox, Dictionary<string, WebhookRoute> routes, FalInboxWebhook webhook, CancellationToken stopping)
    {
        if (!routes.TryGetValue(webhook.Route, out var route))
        {
            // Another version of the app may have the route.
            Log.InboxRouteMissing(_logger, webhook.RequestId, webhook.Route);
            await inbox.ReleaseAsync(webhook.RequestId, DelayAfter(webhook.Attempt), stopping).ConfigureAwait(false);
            return;
        }
        using var limit = new CancellationTokenSource(route.Options.BackgroundTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await route.RunAsync(FalWebhook.Read(webhook.Body), webhook, either.Token).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            var isStop = ex is OperationCanceledException && stopping.IsCancellationRequested;
            var delay = isStop ? TimeSpan.Zero : DelayAfter(webhook.Attempt);
            if (!isStop) Log.InboxHandlerFailed(_logger, ex, webhook.RequestId, webhook.Attempt, delay);
            await inbox.ReleaseAsync(webhook.RequestId, delay, CancellationToken.None).ConfigureAwait(false);
            return;
        }
        await inbox.CompleteAsync(webhook.RequestId, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Delay of an exponential backoff: 10 seconds, 20, 40, … up to an hour.</summary>
    private static TimeSpan DelayAfter(int attempt)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Clamp(attempt - 1, 0, 10));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
