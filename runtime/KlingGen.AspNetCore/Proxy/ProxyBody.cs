using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>The body of a call through the proxy: streamed within a limit, or buffered in memory if it must be inspected first.</summary>
internal sealed class ProxyBody : IDisposable
{
    private readonly HttpContext _context;
    private readonly long _limit;
    private readonly LimitedStream _stream;
    private HttpContent? _content;

    public ProxyBody(HttpContext context, long limit)
    {
        var request = context.Request;
        if (request.ContentLength > limit) throw TooLong();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType is not "application/json")
            throw new BadHttpRequestException("The body must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        RequestBody.RaiseServerLimit(context, limit);
        _context = context;
        _limit = limit;
        _stream = new LimitedStream(request.Body, limit);
    }

    /// <summary>The content that is sent to fal.</summary>
    public HttpContent Content
    {
        get
        {
            if (_content is not null) return _content;
            _content = new StreamContent(_stream);
            _content.Headers.ContentType = new("application/json");
            _content.Headers.ContentLength = _context.Request.ContentLength;
            return _content;
        }
    }

    /// <summary>The buffered body, after <see cref="LoadAsync"/>.</summary>
    public ReadOnlyMemory<byte> Loaded { get; private set; }

    /// <summary>Reads the body into memory; false if it is longer than the limit.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(_context, _limit, cancellationToken).ConfigureAwait(false) is not { } bytes) return false;
        Loaded = bytes;
        _content = new ReadOnlyMemoryContent(bytes);
        _content.Headers.ContentType = new("application/json");
        return true;
    }

    /// <summary>The error of the caller while the body was streamed; null if there was none.</summary>
    public BadHttpRequestException? Failure()
        => _stream.IsExceeded ? TooLong() : _stream.Failure is { } ex ? ex as BadHttpRequestException ?? new("The request body broke off.") : null;

    public static BadHttpRequestException TooLong()
        => new("The body is longer than FalProxyOptions.MaxRequestBytes.", StatusCodes.Status413PayloadTooLarge);

    public void Dispose() => _content?.Dispose();
}
