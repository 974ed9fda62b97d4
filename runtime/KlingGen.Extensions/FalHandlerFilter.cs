using Microsoft.Extensions.Http;

namespace Fal;

/// <summary>
/// Removes resilience handlers from fal's HTTP clients, wherever they were registered. The service defaults of Aspire add
/// them to every client of the factory. There they would retry a failed submit, which is paid each time, and cancel uploads
/// after seconds. <see cref="FalClient"/> has its own safe retries. Redirects and cookies stay disabled if the primary
/// handler was replaced.
/// </summary>
internal sealed class FalHandlerFilter(FalRegistrations registrations) : IHttpMessageHandlerBuilderFilter
{
    // Compared by name, because references to these packages would add them to every app.
    private static readonly string[] Resilience =
        ["Microsoft.Extensions.Http.Resilience.", "Microsoft.Extensions.Http.PolicyHttpMessageHandler", "Polly."];

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (!registrations.HasHttpClient(builder.Name)) return;
        for (var i = builder.AdditionalHandlers.Count - 1; i >= 0; i--)
            if (IsResilience(builder.AdditionalHandlers[i].GetType())) builder.AdditionalHandlers.RemoveAt(i);
        if (!OperatingSystem.IsBrowser()) Restrict(builder.PrimaryHandler);
    };

    private static void Restrict(HttpMessageHandler primary)
    {
        // Set only if needed: a handler that has sent a request throws on every change.
        switch (primary)
        {
            case SocketsHttpHandler sockets when sockets.AllowAutoRedirect || sockets.UseCookies:
                (sockets.AllowAutoRedirect, sockets.UseCookies) = (false, false);
                break;
            case HttpClientHandler client when client.AllowAutoRedirect || client.UseCookies:
                (client.AllowAutoRedirect, client.UseCookies) = (false, false);
                break;
        }
    }

    private static bool IsResilience(Type? handler)
    {
        for (; handler is not null && handler != typeof(DelegatingHandler); handler = handler.BaseType)
            if (handler.FullName is { } name && Array.Exists(Resilience, start => name.StartsWith(start, StringComparison.Ordinal))) return true;
        return false;
    }
}
