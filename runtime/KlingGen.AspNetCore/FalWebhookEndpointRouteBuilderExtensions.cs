using System.Diagnostics.CodeAnalysis;
using Fal.AspNetCore;
using Fal.Wire;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps routes that receive webhooks from fal.</summary>
public static class FalWebhookEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a route for the webhooks of endpoints with one result type. Each delivery is verified (signature, timestamp, and
    /// the query if the URL has one) and deduplicated. The handler gets the result or the error of the job, and fal gets 200
    /// only after the handler has returned.
    /// </summary>
    /// <typeparam name="TResult">The result type of the endpoint.</typeparam>
    /// <param name="endpoints">The routes of the app.</param>
    /// <param name="pattern">The pattern of the route.</param>
    /// <param name="handler">Handles a webhook. An exception makes fal deliver again.</param>
    /// <param name="configure">Changes the options of the route.</param>
    public static IEndpointConventionBuilder MapFalWebhook<TResult>(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<FalWebhookCall<TResult>, CancellationToken, Task> handler,
        Action<FalWebhookRouteOptions>? configure = null)
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Map(endpoints, pattern, configure, requireSignedQuery: false, async (webhook, delivery, services, cancellationToken) =>
        {
            var call = await FalWebhookCall<TResult>.CreateAsync(webhook, delivery, services, cancellationToken).ConfigureAwait(false);
            await handler(call, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>
    /// Maps a route for the webhooks of several endpoints. The body does not name its endpoint, so the URL must come from
    /// <see cref="FalWebhooks.UrlFor"/>. The handler reads the result with
    /// <see cref="FalWebhookCall.GetResultAsync{TResult}"/>.
    /// </summary>
    /// <param name="endpoints">The routes of the app.</param>
    /// <param name="pattern">The pattern of the route.</param>
    /// <param name="handler">Handles a webhook. An exception makes fal deliver again.</param>
    /// <param name="configure">Changes the options of the route.</param>
    public static IEndpointConventionBuilder MapFalWebhook(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<FalWebhookCall, CancellationToken, Task> handler,
        Action<FalWebhookRouteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Map(endpoints, pattern, configure, requireSignedQuery: true, (webhook, delivery, services, cancellationToken) =>
            handler(new FalWebhookCall(webhook, delivery, services), cancellationToken));
    }

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string pattern, Action<FalWebhookRouteOptions>? configure, bool requireSignedQuery, WebhookHandler handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new FalWebhookRouteOptions();
        configure?.Invoke(options);
        options.RequireSignedQuery |= requireSignedQuery;
        var route = new WebhookRoute(endpoints.ServiceProvider, options.Checked(), handler);
        // The signature replaces a login, also if a fallback policy requires one.
        return endpoints.MapPost(pattern, route.HandleAsync).WithMetadata(route).AllowAnonymous();
    }
}
