using System.Diagnostics;
using System.Text;

namespace Fal;

/// <summary>fal's answer to a forwarded call, with the key removed.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FalForwardedResponse : IDisposable
{
    private const int LongestError = 1024 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly FalTransport _transport;

    internal FalForwardedResponse(HttpResponseMessage response, FalTransport transport)
    {
        _response = response;
        _transport = transport;
        ContentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? Clean(type.ToString()) : null;
        Headers = [.. from header in response.Headers.NonValidated
                      where IsPassed(header.Key)
                      let value = Clean(header.Value.ToString())
                      where value is not null
                      select KeyValuePair.Create(header.Key, value)];
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode => (int)_response.StatusCode;

    /// <summary>The content type of the body; null if there is none.</summary>
    public string? ContentType { get; }

    /// <summary>fal's own headers (<c>x-fal-*</c>) and <c>Retry-After</c>. Other headers of the answer are not forwarded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, as it arrives. The body of an error is read first, up to 1 MiB, because errors may contain parts of the request.</summary>
    /// <param name="cancellationToken">Cancels opening.</param>
    public async Task<Stream> OpenBodyAsync(CancellationToken cancellationToken = default)
    {
        var stream = await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (StatusCode < 400) return new MaskingStream(stream, _transport.SecretForms);
        var buffer = new byte[LongestError];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        // Latin-1 preserves every byte, independent of the charset.
        return new MemoryStream(Encoding.Latin1.GetBytes(_transport.Redact(Encoding.Latin1.GetString(buffer, 0, length))), writable: false);
    }

    /// <summary>Closes the connection unless the body was read to its end.</summary>
    public void Dispose() => _response.Dispose();

    /// <summary>The status and the content type.</summary>
    public override string ToString() => $"{StatusCode} {ContentType}";

    private static bool IsPassed(string name)
        => name.StartsWith("x-fal-", StringComparison.OrdinalIgnoreCase) || name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase);

    private string? Clean(string value) => value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : _transport.Redact(value);
}
