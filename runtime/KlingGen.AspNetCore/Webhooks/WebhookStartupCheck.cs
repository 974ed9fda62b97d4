using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fal.AspNetCore;

/// <summary>Startup validation of the webhook options. Invalid options stop the app; incomplete or insecure ones log a warning.</summary>
internal sealed class WebhookStartupCheck(IOptions<FalWebhooksOptions> options, ILoggerFactory loggers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var value = options.Value;
        value.Validate();
        var warning = value.PublicBaseUrl switch
        {
            null => "Fal:PublicBaseUrl is not set, so FalWebhooks.UrlFor cannot make webhook URLs. "
                + "Set it to the URL under which fal reaches this app.",
            { IsLoopback: true } => "Fal:PublicBaseUrl is a loopback address, to which fal does not deliver; only an emulator on this machine does.",
            { Scheme: "http" } => "Fal:PublicBaseUrl is plain http, so results travel readable for everyone on the way. Use https.",
            _ => null,
        };
        if (warning is not null) Log.StartupWarning(loggers.CreateLogger(Log.WebhookCategory), warning);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
