using System.Runtime.Versioning;

namespace Fal;

/// <summary>Sends requests over one connection pool, or over the user's handler or client.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient? _client;
    private readonly HttpMessageInvoker? _invoker;
    private readonly bool _owned;

    /// <summary>True if there is no other handler before the connection, so that only HTTP itself can send a request again.</summary>
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

    /// <summary>Refuses a custom client or handler with a detectable configuration error.</summary>
    /// <exception cref="ArgumentException">It would send secrets elsewhere, or follow redirects.</exception>
    public static void Validate(FalClientOptions options)
    {
        if (options.HttpClient is { } client) RequireNothingByDefault(client);
        if (options.HttpHandler is { } handler) RequireNoRedirects(handler);
    }

    /// <summary>Sends a request and returns as soon as the headers of the answer have arrived.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _client is not null
            ? _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _invoker!.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned) _invoker?.Dispose();
    }

    /// <summary>Creates the handler for the platform: sockets, or fetch in a browser. Neither follows redirects.</summary>
    internal static HttpMessageHandler NewPlatformHandler() => OperatingSystem.IsBrowser() ? BrowserFetch.NewHandler() : NewHandler();

    [UnsupportedOSPlatform("browser")]
    internal static SocketsHttpHandler NewHandler() => new()
    {
        // A redirect would send the body, and every header except one, to any host that the answer contains.
        AllowAutoRedirect = false,
        UseCookies = false,
        // AutomaticDecompression stays None, its default: setting it would add the decompressors to a native program.
        ConnectTimeout = TimeSpan.FromSeconds(20),
        // Long-lived processes must notice when a host's IP address changes.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // Load balancers close idle connections after 60 seconds and more. If a connection closes while a submit is being
        // sent, its outcome is unknown.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
    };

    // The default headers of a client are sent to every host, including those of URLs in answers.
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
