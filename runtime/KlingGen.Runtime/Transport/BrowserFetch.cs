namespace Fal;

/// <summary>How requests travel in a browser, where the fetch API takes the place of sockets.</summary>
internal static class BrowserFetch
{
    // The name under which the browser's handler of .NET finds it; .NET 10 streams without being asked, .NET 8 and 9 do not.
    private static readonly HttpRequestOptionsKey<bool> StreamsResponse = new("WebAssemblyEnableStreamingResponse");

    /// <summary>A handler that does not follow redirects. fetch has its own pool, cookies and decompression.</summary>
    public static HttpMessageHandler NewHandler() => new HttpClientHandler { AllowAutoRedirect = false };

    /// <summary>Lets answers that are read piece by piece arrive piece by piece, and leaves out what a page may not set.</summary>
    public static void Prepare(HttpRequestMessage request, FalCallKind kind)
    {
        if (kind is FalCallKind.Events or FalCallKind.RunStream or FalCallKind.Download) request.Options.Set(StreamsResponse, true);
        request.Headers.Remove("Accept-Encoding");
    }
}
