namespace Fal;

/// <summary>Downloads the key set through the verifier's client.</summary>
internal sealed class JwksSource : IDisposable
{
    // fal's key set has a few hundred bytes; the limit bounds the memory of a wrong or hostile answer.
    private const int LongestAnswer = 64 * 1024;

    private readonly Uri _address;
    private readonly Func<CancellationToken, Task<HttpResponseMessage>> _send;
    private readonly HttpMessageInvoker? _own;

    private JwksSource(Uri address, Func<CancellationToken, Task<HttpResponseMessage>> send) => (_address, _send) = (address, send);

    /// <summary>Uses the transport of a client, with its proxy, telemetry and retries.</summary>
    public JwksSource(Uri address, FalSigningKeys signingKeys)
        : this(address, ct => signingKeys.DownloadAsync(address, ct))
    {
    }

    /// <summary>Uses the caller's client, which is not disposed.</summary>
    public JwksSource(Uri address, HttpClient client)
        : this(address, ct => client.SendAsync(Request(address), HttpCompletionOption.ResponseHeadersRead, ct))
    {
    }

    /// <summary>Uses the caller's handler, which is not disposed, or a handler of its own.</summary>
    public JwksSource(Uri address, HttpMessageHandler? handler)
    {
        var own = _own = handler is not null
            ? new(handler, disposeHandler: false)
            : new(NewHandler());
        _address = address;
        _send = ct => own.SendAsync(Request(address), ct);
    }

    public void Dispose() => _own?.Dispose();

    public async Task<ReadOnlyMemory<byte>> DownloadAsync(CancellationToken cancellationToken)
    {
        using var response = await _send(cancellationToken).ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } from && from != _address)
            throw new InvalidDataException("The answer came from another URL, by a redirect; keys are accepted from the configured URL only.");
        if (!response.IsSuccessStatusCode) throw new InvalidDataException($"The answer had the status {(int)response.StatusCode}.");

        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length <= LongestAnswer
            ? buffer.AsMemory(0, length)
            : throw new InvalidDataException($"The answer is longer than {LongestAnswer} bytes.");
    }

    private static HttpClientHandler NewHandler()
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false };
        if (!OperatingSystem.IsBrowser()) handler.UseCookies = false;
        return handler;
    }

    private static HttpRequestMessage Request(Uri address)
        => new(HttpMethod.Get, address) { Headers = { { "Accept", "application/json" } } };
}
