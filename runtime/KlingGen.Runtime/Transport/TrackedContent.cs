using System.Net;

namespace Fal;

/// <summary>
/// A request body that knows whether anybody began to read it. Until then not a byte of it can have left, so the call can be repeated: a server
/// cannot act on a request whose body it has not seen.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _content;

    public TrackedContent(HttpContent content)
    {
        _content = content;
        foreach (var header in content.Headers.NonValidated)
            foreach (var value in header.Value) Headers.TryAddWithoutValidation(header.Key, value);
    }

    /// <summary>True once somebody asked for the bytes.</summary>
    public bool Started { get; private set; }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        return _content.CopyToAsync(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        _content.CopyTo(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        Started = true;
        return _content.ReadAsStream(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        Started = true;
        return _content.ReadAsStreamAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }
}
