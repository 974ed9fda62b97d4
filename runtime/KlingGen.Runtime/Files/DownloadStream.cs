using System.Globalization;
using System.Net;

namespace Fal.Media;

/// <summary>
/// The download stream of a file. If a connection breaks or stalls, the stream requests the rest, provided that the server
/// guarantees the same content. It never ends before the announced length.
/// </summary>
internal sealed class DownloadStream(FalTransport transport, Uri url, FalDownloadOptions options, long? expected) : ForwardOnlyStream
{
    private const int MostBreaksWithoutProgress = 5;

    private readonly CancellationTokenSource? _deadline
        = options.Timeout is { } timeout ? new CancellationTokenSource(timeout, transport.Time) : null;

    private HttpResponseMessage? _response;
    private Stream? _body;
    private Validator? _validator;
    private ContentVersion? _version;
    private long _position;
    private int _breaks;
    private bool _ended;

    /// <summary>The size in the server's answer.</summary>
    public long? Total { get; private set; }

    /// <summary>The content type in the server's answer.</summary>
    public string? ContentType { get; private set; }

    public override long Length => Total ?? throw new NotSupportedException("The server does not say how long the file is.");

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    /// <param name="transport">The HTTP transport.</param>
    /// <param name="url">The URL of the file.</param>
    /// <param name="options">Limits.</param>
    /// <param name="expected">The size that the file must have; null if any size is accepted.</param>
    /// <param name="ct">Stops opening.</param>
    public static async Task<DownloadStream> OpenAsync(
        FalTransport transport, Uri url, FalDownloadOptions options, long? expected, CancellationToken ct)
    {
        var stream = new DownloadStream(transport, url, options, expected);
        try
        {
            await stream.WithinLimitsAsync(stream.StartAsync, TimeSpan.Zero, ct).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _ended) return 0;
        while (true)
        {
            if (_body is null) await WithinLimitsAsync(ContinueAsync, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            Exception? broken = null;
            var count = 0;
            try
            {
                count = await WithinLimitsAsync(token => _body!.ReadAsync(buffer, token), options.StallTimeout, cancellationToken).ConfigureAwait(
                    false);
            }
            catch (Exception ex) when (ex is IOException or HttpRequestException or StalledException)
            {
                broken = ex;
            }
            if (count > 0) return Took(count);
            if (broken is null && (Total is null || _position >= Total))
            {
                if (_position != (expected ?? _position)) throw Download.WrongSize(url, _position, expected!.Value);
                _ended = true;
                return 0;
            }
            await BrokenAsync(broken, cancellationToken).ConfigureAwait(false);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Drop();
            _deadline?.Dispose();
            _ended = true;
        }
        base.Dispose(disposing);
    }

    private int Took(int count)
    {
        _position += count;
        _breaks = 0;
        if (_position > options.MaxBytes) throw Download.TooLarge(url, options.MaxBytes);
        if (_position > Total) throw Error("sent more bytes than it announced", canStartOver: false);
        return count;
    }

    private async ValueTask<int> StartAsync(CancellationToken ct)
    {
        var response = await Download.GetAsync(transport, url, 0, null, ct).ConfigureAwait(false);
        _response = response;
        if (response.StatusCode != HttpStatusCode.OK) throw Download.Refused(url, response);
        Total = response.Content.Headers.ContentLength;
        if (Total > options.MaxBytes) throw Download.TooLarge(url, options.MaxBytes);
        if (expected is { } wanted && Total is { } size && size != wanted) throw Download.WrongSize(url, size, wanted);
        ContentType = response.Content.Headers.ContentType?.MediaType;
        _validator = Validator.FromResponse(response);
        _version = ContentVersion.FromResponse(response, Total);
        _body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        return 0;
    }

    private async ValueTask<int> ContinueAsync(CancellationToken ct)
    {
        if (_position == 0) return await StartAsync(ct).ConfigureAwait(false);
        var response = await Download.GetAsync(transport, url, _position, _validator, ct).ConfigureAwait(false);
        _response = response;
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            // 200, 412 or 416: the content has changed, or the server does not send parts.
            throw (int)response.StatusCode is 200 or 412 or 416
                ? Error("broke off, and the server does not send the rest", canStartOver: true)
                : Download.Refused(url, response);
        }
        var range = response.Content.Headers.ContentRange;
        if (range?.From != _position) throw Error("broke off, and the server sent another part than the one it was asked for", canStartOver: true);
        if (!_version!.CanBe(ContentVersion.FromResponse(response, range.Length)))
        {
            throw Error("broke off, and the rest is of another version of the file (its ETag, Last-Modified or length changed)", canStartOver: true);
        }
        Total ??= range.Length;
        _body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        return 0;
    }

    private async Task BrokenAsync(Exception? broken, CancellationToken ct)
    {
        Drop();
        if (++_breaks > MostBreaksWithoutProgress) throw Error("broke off again and again", canStartOver: false, broken);
        if (_position > 0 && _validator is null)
            throw Error("broke off, and the server gives no mark by which the rest could be fetched", canStartOver: true, broken);
        var pause = TimeSpan.FromSeconds(0.5 * (1 << (_breaks - 1)));
        await WithinLimitsAsync(
            async token =>
            {
                await transport.DelayAsync(pause, token).ConfigureAwait(false);
                return 0;
            },
            TimeSpan.Zero, ct).ConfigureAwait(false);
    }

    // Three ways to end a wait: the caller's token, the timeout of the whole download, and the stall timeout.
    private async ValueTask<int> WithinLimitsAsync(Func<CancellationToken, ValueTask<int>> act, TimeSpan silence, CancellationToken ct)
    {
        using var stalled = silence > TimeSpan.Zero ? new CancellationTokenSource(silence, transport.Time) : new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            [ct, stalled.Token, _deadline?.Token ?? CancellationToken.None, transport.Closing]);
        try
        {
            return await act(linked.Token).ConfigureAwait(false);
        }
        catch (Exception ex) when (linked.IsCancellationRequested && ex is OperationCanceledException or IOException or ObjectDisposedException)
        {
            ct.ThrowIfCancellationRequested();
            if (transport.Closing.IsCancellationRequested) throw FalTransport.Disposed();
            if (_deadline?.IsCancellationRequested == true)
            {
                throw new FalTimeoutException($"Downloading a file from {url.Host} took longer than FalDownloadOptions.Timeout.")
                {
                    Deadline = options.Timeout,
                };
            }
            if (stalled.IsCancellationRequested) throw new StalledException();
            throw;
        }
    }

    private FalFileException Error(string what, bool canStartOver, Exception? inner = null)
    {
        var total = Total?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of";
        var message = FormattableString.Invariant($"Downloading a file from {url.Host} {what}: {_position} of {total} bytes came. Try again.");
        return new FalFileException(message, inner) { CanStartOver = canStartOver, IsTransient = true };
    }

    private void Drop()
    {
        _body?.Dispose();
        _response?.Dispose();
        (_body, _response) = (null, null);
    }

    private sealed class StalledException() : Exception("No byte came for too long.");
}
