namespace Fal;

/// <summary>Settings for requests in a browser, where .NET uses the fetch API instead of sockets.</summary>
internal static class BrowserFetch
{
    // The option's name in .NET's browser handler. .NET 10 streams by default, .NET 8 and 9 do not.
    private static readonly HttpRequestOptionsKey<bool> StreamsResponse = new("WebAssemblyEnableStreamingResponse");

    /// <summary>Creates a handler that does not follow redirects. fetch has its own connection pool, cookies and decompression.</summary>
    public static HttpMessageHandler NewHandler() => new HttpClientHandler { AllowAutoRedirect = false };

    /// <summary>Enables streaming for answers that are read in pieces, and removes headers that a page may not set.</summary>
    public static void Prepare(HttpRequestMessage request, FalCallKind kind)
    {
        if (kind is FalCallKind.Events or FalCallKind.RunStream or FalCallKind.Download) request.Options.Set(StreamsResponse, true);
        request.Headers.Remove("Accept-Encoding");
    }
}
