using Microsoft.Extensions.Logging;

namespace Fal.AspNetCore;

/// <summary>The log messages of this package. Event ids are stable. Keys, bodies and queries of URLs are never logged.</summary>
internal static partial class Log
{
    public const string WebhookCategory = "KlingGen.AspNetCore.Webhooks";
    public const string ProxyCategory = "KlingGen.AspNetCore.Proxy";
    public const string ProgressCategory = "KlingGen.AspNetCore.Progress";
    public const string ErrorCategory = "KlingGen.AspNetCore.Errors";

    [LoggerMessage(1, LogLevel.Warning, "Webhook refused (401, {Verdict}) at route {Route}: {Reason}")]
    public static partial void WebhookRefused(ILogger logger, string verdict, string route, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Webhook refused ({Status}) at route {Route}: {Reason}")]
    public static partial void WebhookRejected(ILogger logger, int status, string route, string reason);

    [LoggerMessage(3, LogLevel.Error, "The handler of webhook {RequestId} failed at route {Route}; fal delivers it again.")]
    public static partial void WebhookHandlerFailed(ILogger logger, Exception exception, string requestId, string route);

    [LoggerMessage(4, LogLevel.Warning,
        "The handler of webhook {RequestId} took longer than {Seconds} seconds at route {Route}; fal delivers it again. "
        + "Do less in the handler, or use the background mode (FalWebhookRouteOptions.Background) with an IFalWebhookInbox.")]
    public static partial void WebhookHandlerTooSlow(ILogger logger, string requestId, double seconds, string route);

    [LoggerMessage(5, LogLevel.Debug, "Webhook {RequestId} at route {Route}: {Outcome}.")]
    public static partial void WebhookAnswered(ILogger logger, string requestId, string route, string outcome);

    [LoggerMessage(6, LogLevel.Error,
        "The handler of webhook {RequestId} failed for the {Attempt}. time in the background; it runs again in {Delay}.")]
    public static partial void InboxHandlerFailed(ILogger logger, Exception exception, string requestId, int attempt, TimeSpan delay);

    [LoggerMessage(7, LogLevel.Error, "The webhook inbox cannot be read; the next attempt is in {Delay}.")]
    public static partial void InboxUnavailable(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(8, LogLevel.Warning,
        "The inbox contains webhook {RequestId} for route {Route}, which this app does not have. It stays in the inbox.")]
    public static partial void InboxRouteMissing(ILogger logger, string requestId, string route);

    [LoggerMessage(9, LogLevel.Warning, "{Message}")]
    public static partial void StartupWarning(ILogger logger, string message);

    [LoggerMessage(20, LogLevel.Information, "The proxy refused a call ({Status}, {Method}): {Reason}")]
    public static partial void ProxyRefused(ILogger logger, int status, string method, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The proxy could not pass a call on, or its answer back.")]
    public static partial void ProxyFailed(ILogger logger, Exception exception);

    [LoggerMessage(22, LogLevel.Debug, "The body of a call broke off before the proxy had passed it on.")]
    public static partial void ProxyBodyBroken(ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Error, "A call to fal failed and is answered with {Status}.")]
    public static partial void FalFailed(ILogger logger, Exception exception, int status);

    [LoggerMessage(10, LogLevel.Warning, "Handling webhook {RequestId} could not be recorded in the webhook store; it may be handled again.")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception, string requestId);
}
