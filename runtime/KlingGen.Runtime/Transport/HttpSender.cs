using System.Net;
using System.Runtime.Versioning;

namespace Fal;

/// <summary>Sends a request over the one pool of connections, or over what the user gave instead.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient? _client;
    private readonly HttpMessageInvoker? _invoker;
    private readonly bool _owned;

    /// <summary>True if no handler stands between this class and the connection, so that nothing but HTTP itself can send a request again.</summary>
    public bool IsPlain { get; }

    public HttpSender(FalClientOptions options)
    {
        Validate(options);
        _client = options.HttpClient;
        if (_client is not null) return;
        _owned = options.HttpHandler is null;
        IsPlain = options.HttpHandler is null or SocketsHttpHandler or HttpClientHandler;
        _invoker = new HttpMessageInvoker(options.HttpHandler ?? NewPlatformHandler(), disposeHandler: _owned);
    }

    /// <summary>Refuses what can be seen to be wrong with a client or handler from outside.</summary>
    /// <exception cref="ArgumentException">It would send secrets elsewhere, or follow redirects.</exception>
    public static void Validate(FalClientOptions options)
    {
        if (options.HttpClient is { } client) RequireNothingByDefault(client);
        if (options.HttpHandler is { } handler) RequireNoRedirects(handler);
    }

    /// <summary>Sends and returns as soon as the answer's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _client is not null
            ? _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _invoker!.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned) _invoker?.Dispose();
    }

    /// <summary>The handler for the platform: sockets, or fetch in a browser. Neither follows redirects.</summary>
    internal static HttpMessageHandler NewPlatformHandler() => OperatingSystem.IsBrowser() ? BrowserFetch.NewHandler() : NewHandler();

    [UnsupportedOSPlatform("browser")]
    internal static SocketsHttpHandler NewHandler() => new()
    {
        // A redirect would take the body, and every header but one, to whatever host the answer names.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        // Long-lived processes must notice when a host moves.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // Load balancers close idle connections after 60 seconds and more. A connection that closes while a submit leaves makes its outcome unknown.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
    };

    // What a client adds to every request goes to every host, those that answers name among them.
    private static void RequireNothingByDefault(HttpClient client)
    {
        foreach (var header in client.DefaultRequestHeaders.NonValidated)
        {
            if (header.Key is not ("Authorization" or "Cookie") && !header.Key.StartsWith("X-Fal-", StringComparison.OrdinalIgnoreCase)) continue;
            throw new ArgumentException(
                $"FalClientOptions.HttpClient has '{header.Key}' among its default headers and would send it to every host. "
                + "Remove it; FalClient adds the key itself.");
        }
    }

    private static void RequireNoRedirects(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer) handler = outer.InnerHandler;
        var follows = !OperatingSystem.IsBrowser() && handler is SocketsHttpHandler { AllowAutoRedirect: true };
        if (follows || handler is HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException(
                "FalClientOptions.HttpHandler follows redirects, which would take requests to whatever host an answer names. "
                + "Set its AllowAutoRedirect to false.");
        }
    }
}
