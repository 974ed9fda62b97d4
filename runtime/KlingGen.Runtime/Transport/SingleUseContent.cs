using System.Net;

namespace Fal;

/// <summary>
/// The request body of one attempt. It records whether its bytes were requested: before that no byte can have been sent, so a
/// call that starts work can be retried. The body of such a call throws when it is serialized a second time, because a
/// retrying handler would start the work twice.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly bool _refusesSecondUse;
    private int _uses;

    public SingleUseContent(HttpContent content, bool refusesSecondUse)
    {
        _content = content;
        _refusesSecondUse = refusesSecondUse;
        foreach (var header in content.Headers.NonValidated)
            foreach (var value in header.Value) Headers.TryAddWithoutValidation(header.Key, value);
    }

    /// <summary>True once the bytes were requested.</summary>
    public bool Started => Volatile.Read(ref _uses) > 0;

    /// <summary>True once a second serialization was refused.</summary>
    public bool RefusedSecondUse => _refusesSecondUse && Volatile.Read(ref _uses) > 1;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Use();
        return _content.CopyToAsync(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Use();
        _content.CopyTo(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        Use();
        return _content.ReadAsStream(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        Use();
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

    private void Use()
    {
        if (Interlocked.Increment(ref _uses) > 1 && _refusesSecondUse) throw new SecondUseException();
    }

    /// <summary>Stops a second send. Not an IOException, which handlers treat as a broken connection and retry.</summary>
    internal sealed class SecondUseException()
        : InvalidOperationException("The request was about to be sent a second time by a handler. It starts paid work, so it is sent once.");
}
