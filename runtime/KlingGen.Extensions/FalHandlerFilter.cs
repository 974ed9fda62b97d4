using Microsoft.Extensions.Http;

namespace Fal;

/// <summary>
/// The last word about the handlers of fal's HTTP clients. Resilience handlers are removed, wherever they were registered: the service
/// defaults of Aspire add them to every client of the factory, where they send a failed submit again, which is paid each time, and cut
/// uploads after seconds. <see cref="FalClient"/> retries by itself what is safe to retry. Redirects and cookies stay off if the primary
/// handler was replaced.
/// </summary>
internal sealed class FalHandlerFilter(FalRegistrations registrations) : IHttpMessageHandlerBuilderFilter
{
    // By name, because a reference to these packages for the sake of removing them would bring them into every app.
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
        // Only where needed: a handler that has sent a request refuses every change.
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
