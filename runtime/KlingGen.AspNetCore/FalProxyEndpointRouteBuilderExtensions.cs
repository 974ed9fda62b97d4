using System.Diagnostics.CodeAnalysis;
using Fal.AspNetCore;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps a proxy that keeps the key on the server.</summary>
public static class FalProxyEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = ["GET", "POST", "PUT"];

    /// <summary>
    /// Maps a proxy for fal clients in browsers and apps (<c>@fal-ai/client</c>, and <c>FalClientOptions.ProxyAddress</c>):
    /// it forwards their calls with the key of this app. Call <c>RequireAuthorization</c> on the result: without
    /// authorization every call is refused outside Development.
    /// </summary>
    /// <param name="endpoints">The routes of the app.</param>
    /// <param name="pattern">The pattern of the route; fal's clients use <c>/api/fal/proxy</c> by default.</param>
    /// <param name="configure">Changes the options of the proxy.</param>
    public static IEndpointConventionBuilder MapFalProxy(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/api/fal/proxy", Action<FalProxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new FalProxyOptions();
        configure?.Invoke(options);
        var route = new ProxyRoute(endpoints.ServiceProvider, options.Checked());
        return endpoints.MapMethods(pattern, Methods, route.HandleAsync);
    }
}
